"""The terms of objections, and that nobody is worse off for having objected."""

from hypothesis import assume, given
from hypothesis import strategies as st

from app.calendars import shipped
from app.rules.grading.case import Adjusted, Case, CaseEntry, Fixed, Grade
from app.rules.grading.engine import grade
from app.rules.grading.scheme import Scheme
from app.rules.objections import AGAINST_GRADE, DECIDE, LONGEST, Objected, as_if_not_objected, kept
from app.rules.objections import last_day_to_file as last_day
from app.rules.working_days import Calendar
from models.types import Day, EntryStatus, Points, Uid
from tests.app.rules.grading.schemes import PERIOD, SMALL, graded, record
from tests.app.rules.grading.test_properties import counting, entries, schemes

DAYS = Calendar(shipped())


def test_every_term_has_its_source() -> None:
    assert (DECIDE.days, LONGEST.days, AGAINST_GRADE.days) == (7, 20, 30)
    assert all("条" in term.source for term in (DECIDE, LONGEST, AGAINST_GRADE))


def test_a_term_that_would_end_on_a_day_off_ends_on_the_next_working_day() -> None:
    assert last_day(Day(20251209), DAYS) == 20260108
    assert last_day(Day(20260120), DAYS) == 20260224  # 19 February lies in the spring festival
    assert last_day(Day(20251205), DAYS) == 20260104  # a Sunday that is worked


def spare(before: list[CaseEntry], after: list[CaseEntry], objected: Objected, scheme: Scheme) -> Grade:
    now = grade(Case(after), scheme, PERIOD)
    otherwise = grade(as_if_not_objected(Case(after), objected), scheme, PERIOD)
    return kept(now, otherwise, scheme.ranks)


def test_a_reward_that_the_own_objection_cost_does_not_lower_the_grade() -> None:
    acts = [record("honour", uid="h", level="city"), record("reward", uid="r")]
    old = graded(*acts)
    revoked = [acts[0]._replace(status=EntryStatus.REVOKED), acts[1]]
    found = spare(acts, revoked, Objected({Uid("h")}, set()), SMALL)
    assert (old.band, old.score) == (found.band, found.score) == ("A", 117_500)
    assert found.fixed is Fixed.KEPT
    assert found.adjustments[-1] == (Adjusted.KEPT, "", 12_500)
    moved = sum(one.points for one in found.adjustments) + sum(line.points for line in found.lines)
    assert moved == found.score  # the trace still makes the score


def test_what_the_objection_improves_is_not_touched() -> None:
    acts = [record("demerit", uid="d"), record("reward", uid="r")]
    revoked = [acts[0]._replace(status=EntryStatus.REVOKED), acts[1]]
    found = spare(acts, revoked, Objected({Uid("d")}, set()), SMALL)
    assert found == grade(Case(revoked), SMALL, PERIOD) and found.fixed is not Fixed.KEPT


def test_what_else_changed_counts() -> None:
    acts = [record("honour", uid="h", level="city")]
    revoked = [acts[0]._replace(status=EntryStatus.REVOKED), record("warning", uid="w")]
    found = spare(acts, revoked, Objected({Uid("h")}, set()), SMALL)
    assert (found.band, found.score) == ("B", 100_500)  # 100 + 12.5 − 12, the new warning


def test_a_correction_that_is_worse_does_not_count_against_who_asked_for_it() -> None:
    act = record("overdue", uid="o")
    worse = record("demerit", uid="d")
    after = [act._replace(status=EntryStatus.REVOKED), worse]
    found = spare([act], after, Objected({Uid("o")}, {Uid("d")}), SMALL)
    old = graded(act)
    assert found.band == old.band == "B" and (found.score or 0) >= (old.score or 0)
    assert found.direct is None and grade(Case(after), SMALL, PERIOD).band == "C"


changes = st.sampled_from([EntryStatus.REVOKED, EntryStatus.DISPUTED, EntryStatus.SUPERSEDED])


@given(
    schemes(),
    st.lists(counting | entries, min_size=1, max_size=6),
    st.lists(counting, max_size=2),
    changes,
    st.data(),
)
def test_only_the_own_objection_never_ends_lower(
    scheme: Scheme, acts: list[CaseEntry], instead: list[CaseEntry], status: EntryStatus, data: st.DataObject
) -> None:
    """Whichever entries in force are objected to, whatever becomes of them, whatever is recorded instead."""
    in_force = [one for one in acts if one.status == EntryStatus.EFFECTIVE]
    assume(in_force)
    targets = {one.uid for one in data.draw(st.lists(st.sampled_from(in_force), min_size=1))}
    old = grade(Case(acts), scheme, PERIOD)
    after = [one._replace(status=status) if one.uid in targets else one for one in acts] + instead
    found = spare(acts, after, Objected(targets, {one.uid for one in instead}), scheme)
    assert old.band is not None and found.band is not None
    assert old.score is not None and found.score is not None
    assert scheme.ranks[found.band] <= scheme.ranks[old.band]
    assert scheme.ranks[found.band] < scheme.ranks[old.band] or found.score >= old.score
    assert as_if_not_objected(Case(after), Objected(targets, {one.uid for one in instead})).entries == acts


@given(schemes(), st.lists(counting, min_size=1, max_size=4), st.lists(counting, max_size=3), st.data())
def test_it_is_never_lower_than_without_the_objection(
    scheme: Scheme, acts: list[CaseEntry], later: list[CaseEntry], data: st.DataObject
) -> None:
    """Other changes between: what they alone would have led to is the floor, and no more than that."""
    targets = {one.uid for one in data.draw(st.lists(st.sampled_from(acts), min_size=1))}
    after = [one._replace(status=EntryStatus.REVOKED) if one.uid in targets else one for one in acts] + later
    found = spare(acts, after, Objected(targets, set()), scheme)
    alone = grade(Case([*acts, *later]), scheme, PERIOD)
    now = grade(Case(after), scheme, PERIOD)
    assert found.band in (alone.band, now.band) and found.band and alone.band and now.band
    assert scheme.ranks[found.band] == min(scheme.ranks[alone.band], scheme.ranks[now.band])
    assert Points(found.score or 0) <= max(Points(alone.score or 0), Points(now.score or 0))
