"""A grading standard (等级评定标准) as data, read from its TOML text (``format = 1``).

Every construct that the text may use is a field here, because some published rule needs it; there is no
expression language. What stands in the text but is not known is a problem, never passed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from app.rules.grading.reading import NO_TEXT, Amount, Code, Share, Text, about
from models.types import (
    POINT,
    AuthorityLevel,
    Capacity,
    Category,
    Day,
    EntryStatus,
    Points,
    Polarity,
    ServiceState,
)

FORMAT = 1
WHOLE = Share(POINT)


class RunsFrom(StrEnum):
    """What the validity of an entry is counted from. When it was entered is never asked."""

    OCCURRENCE = "occurrence"
    CONDUCT = "conduct"
    """The act, or the last day of continuing conduct."""
    DECISION = "decision"


class SameAct(StrEnum):
    """What counts of one act (同一行为) that falls under several items or decisions."""

    LARGEST = "largest"
    """The largest number of points, and the lowest direct grade."""
    DIRECT = "direct"
    """The lowest direct grade alone; where none is given, the largest number of points."""


class KindOf(StrEnum):
    """What makes two acts the same kind."""

    ITEM = "item"
    GROUP = "group"
    CATEGORY = "category"


class Span(StrEnum):
    """What a ceiling is for."""

    PERIOD = "period"
    """Everything that counts together."""
    YEAR = "year"
    """Each calendar year of acts."""


class PeriodKind(StrEnum):
    """How long a period of grading is."""

    YEAR = "year"
    ROLLING = "rolling"
    OPENING = "opening"
    """Since the file was opened."""


class Ending(StrEnum):
    """Ends of validity that no number of months says."""

    YEAR = "year"
    """With the calendar year in which it began."""
    NEVER = "never"


class Half(StrEnum):
    """How a number between two is rounded."""

    HALF_UP = "half_up"
    DOWN = "down"
    UP = "up"


class Result(StrEnum):
    """A result of the annual appraisal (公务员法 第三十八条)."""

    EXCELLENT = "excellent"
    COMPETENT = "competent"
    BASICALLY_COMPETENT = "basically_competent"
    INCOMPETENT = "incompetent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every row may say of itself."""

    reference: str = about("Law or standard it comes from, with the article.", "")
    since: Day | None = about("First day on which it holds.", None)
    until: Day | None = about("Last day on which it holds.", None)
    reviewed_until: Day | None = about("Day after which a warning asks whether it still holds.", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Row):
    """A row that others refer to."""

    code: Code = about("Its code, once among its kind; the code of an item is never used for another act.")
    name: Text = about("Its name, or what it says.")


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """Conditions, all of which must hold; those that are not given are not asked."""

    score_from: Points | None = about("The score is at least this.", None)
    score_below: Points | None = about("The score is less than this.", None)
    deductions_from: Points | None = about(
        "The deductions that count come to at least this many points.", None
    )
    deductions_below: Points | None = about("They come to less than this many points.", None)
    count_from: int | None = about("At least this many acts of the kinds below are valid.", None, least=1)
    count_below: int | None = about("Fewer than this many are valid.", None, least=1)
    items: tuple[Code, ...] = about("Entries of these items.", ())
    groups: tuple[Code, ...] = about("Entries of these groups.", ())
    categories: tuple[Category, ...] = about("Entries of these categories.", ())
    polarity: Polarity | None = about("Positive or negative entries.", None)
    levels: tuple[AuthorityLevel, ...] = about("Entries decided at these levels.", ())
    within: int | None = about(
        "Only what began within this many months before the end of the period.", None, least=1
    )
    direct: tuple[Code, ...] = about("One of these grades is given directly.", ())
    results: tuple[Result, ...] = about(
        "The last annual appraisal, never that of the period's own year, had one of these results.", ()
    )
    input: Code = about("A measured input …", Code(""))
    input_from: Amount | None = about("… is at least this.", None)
    input_below: Amount | None = about("… is less than this.", None)

    @property
    def picks_entries(self) -> bool:
        """Whether it says which entries are meant."""
        return bool(
            self.items or self.groups or self.categories or self.polarity or self.levels or self.within
        )


ALWAYS_SO = When()


@dataclass(frozen=True, slots=True, kw_only=True)
class Band(Named):
    """A grade (等次)."""

    lowest: Points | None = about(
        "Lowest score that earns it, inclusive; the last grade has none.", None, key="from"
    )
    above: Points | None = about("Instead of “from”: the score must be higher than this.", None)
    needs: When = about("What else must hold; else the next lower grade.", ALWAYS_SO)
    remembers: bool = about("Given directly, it keeps the grade fallen from: D from A is shown as DA.", False)

    @property
    def low(self) -> Points | None:
        """The lowest score, exact to thousandths, that earns it; None for the last grade."""
        return self.lowest if self.above is None else Points(self.above + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """How many points may come together."""

    ceiling: Points | None = about("Most points.", None)
    floor: Points | None = about("Fewest points.", None)
    per: Span = about("For the whole period, or for each calendar year of acts.", Span.PERIOD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Points that are decided case by case, with a written reason (一事一议)."""

    least: Points = about("Fewest points.", key="from")
    most: Points = about("Most points.", key="to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Points for a cumulative quantity."""

    lowest: Amount = about("From this quantity on.", key="from")
    points: Points = about("Points.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Points for each so many."""

    per: Amount = about("For each full so many units …")
    points: Points = about("… these points.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """What a direct grade turns into once the wrong is corrected."""

    points: Points = about("Points instead of the direct grade.")
    months: int = about("Months for which they count, from the correction.", least=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRule(Named):
    """What one kind of act is worth. One of points, range, steps and unit_points, or a direct grade alone."""

    polarity: Polarity = about("Whether it adds or deducts.")
    category: Category = about("One of the eight categories of 哈政综〔2007〕37号.")
    group: Code = about("Group that it belongs to.", Code(""))
    part: Code = about("Part of the score, where it has no group.", Code(""))
    points: Mapping[AuthorityLevel, Points] | None = about(
        "Points, or a table by level of the deciding body.", None
    )
    range: Range | None = about("Points decided case by case between two ends.", None)
    steps: tuple[Step, ...] = about("Points by cumulative quantity, lowest first.", ())
    each_step: bool = about("Every step reached counts, and not only the highest.", False)
    unit_points: Unit | None = about("Points for each so many units.", None)
    unit: Text = about("What the quantity is measured in.", NO_TEXT)
    cap: Cap | None = about("Ceiling or floor of the item.", None)
    head_share: Share = about(
        "Share that the head of an honoured or punished unit gets; none unless given.", Share(0)
    )
    shared: bool = about("Several authors share the points equally.", False)
    from_nth: int = about("Counts from the n-th time on …", 1, least=1)
    nth_within: int = about("… within so many months; 0: within its validity.", 0)
    validity: int = about("Months that an entry counts; 0: as the table of validity says.", 0)
    runs_from: RunsFrom = about("What the validity is counted from.", RunsFrom.CONDUCT)
    direct: Code = about("Grade that one such act gives whatever the score.", Code(""))
    direct_validity: int = about("Months of the direct grade; 0: as the table of validity says.", 0)
    repair: Repair | None = about("What it turns into once corrected.", None)
    over: tuple[Code, ...] = about("Of one act, it counts before these items, whatever their points.", ())
    result: Result | None = about(
        "The annual appraisal whose result it records; it never counts in its own year.", None
    )
    appraisal: str = about("Effect on the annual appraisal of the year, in words of the law.", "")
    influence: int = about("Months of the influence period (影响期).", 0)
    evidence: Text = about(
        "What an entry must rest on, such as the decision: attached to it, or kept on paper.", NO_TEXT
    )
    off: Text = about("Why it is switched off; then it never counts.", NO_TEXT)

    @property
    def is_off(self) -> bool:
        """Whether it is switched off."""
        return bool(self.off.zh or self.off.en)

    @property
    def needs(self) -> frozenset[str]:
        """What an entry of this item must be able to say beyond the usual."""
        wanted = {
            "quantity": bool(self.steps or self.unit_points),
            "given_points": bool(self.range),
            "capacity": bool(self.head_share),
            "authors": self.shared,
        }
        return frozenset(name for name, is_wanted in wanted.items() if is_wanted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Named):
    """Items that have a ceiling, a floor or a fate in common."""

    part: Code = about("Part of the score that it belongs to.", Code(""))
    cap: Cap | None = about("Ceiling or floor of the group.", None)
    zero_on: tuple[Code, ...] = about("One act of these items takes away what the group has earned.", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Named):
    """A dimension of the score."""

    base: Points = about("Points that everybody begins with.", Points(0))
    ceiling: Points | None = about("Most points.", None)
    floor: Points | None = about("Fewest points.", None)
    weight: Share = about("Factor by which it enters the score.", WHOLE)
    zero_on: tuple[Code, ...] = about("One act of these items takes the whole part to zero.", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounding:
    """How the score is rounded."""

    to: Points = about("To whole multiples of this.", Points(POINT))
    how: Half = about("Which way.", Half.HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Where a score begins and ends."""

    base: Points = about("Points that everybody begins with.")
    floor: Points | None = about("Lowest score.", None)
    ceiling: Points | None = about("Highest score.", None)
    rounding: Rounding | None = about("How the score is rounded; else it is exact to thousandths.", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodRule:
    """What is graded together."""

    kind: PeriodKind = about(
        "A calendar year, so many months, or all since the file was opened.", PeriodKind.YEAR
    )
    months: int = about("Months of a rolling period.", 12, least=1)
    only_own: bool = about("Only acts of the period itself count, however long they are valid.", False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOver(Row):
    """What the last period's result brings into this one."""

    fraction: Share = about("Fraction of what the last score was above or below the base.", Share(0))
    by_grade: Mapping[str, Points] | None = about("Points by the grade of the last period.", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class InputBand:
    """Points for a measured input."""

    lowest: Amount | None = about("From this on; the last has none.", None, key="from")
    points: Points = about("Points.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Input(Named):
    """Something measured elsewhere: a survey, the performance of the unit."""

    part: Code = about("Part of the score that it belongs to.", Code(""))
    least: Amount = about("Lowest result that can be.", Amount(0))
    most: Amount = about("Highest result that can be.", Amount(100 * POINT))
    weight: Share = about("Factor from the result to points.", Share(0))
    bands: tuple[InputBand, ...] = about("Points by result instead, highest first.", ())
    missing: Points = about("Points where nothing was measured.", Points(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """The same kind of act again while the earlier one is still valid."""

    of: KindOf = about("What makes it the same kind.", KindOf.ITEM)
    factor: Share = about("Factor on the points of the later one.", Share(2 * POINT))
    polarity: Polarity = about("Of deductions or of bonuses.", Polarity.NEGATIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination(Row):
    """How entries meet."""

    same_act: SameAct = about("What counts of one act under several items or decisions.", SameAct.LARGEST)
    repeat: Repeat | None = about("What a repetition is worth.", None)
    frozen_bonuses: bool = about(
        "Bonuses count for nothing while a directly graded wrong is not corrected.", False
    )
    suspended: bool = about("A disputed entry does not count until the objection is decided.", False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity(Row):
    """One row of the table of validity; the first that fits an entry holds."""

    items: tuple[Code, ...] = about("For these items.", ())
    groups: tuple[Code, ...] = about("For items of these groups.", ())
    polarity: Polarity | None = about("For bonuses or deductions.", None)
    levels: tuple[AuthorityLevel, ...] = about("For decisions at these levels.", ())
    up_to: Points | None = about("For at most so many points, added or deducted.", None)
    grades: tuple[Code, ...] = about("For direct grades: these ones. Other rows are for points.", ())
    months: int = about("Months that it counts.", 0)
    ends: Ending | None = about("Where no number of months says it.", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Direct(Named):
    """A grade given directly (直接判级) by more than one act, or by something else than an act."""

    grade: Code = about("The grade; it can only lower.")
    when: When = about("When it is given.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(Named):
    """A condition that lowers the grade which the score gives."""

    down: int = about("So many grades lower.", 0, most=20)
    at_most: Code = about("At most this grade.", Code(""))
    at_least: Code = about("This grade and better ones need what “when” says.", Code(""))
    when: When = about("When it applies.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Another quota for units with a certain result or title."""

    unit: Code = about("Code of the unit's result or title.")
    name: Text = about("Its name.")
    percent: Share = about("Percent of those rated.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota(Row):
    """How many may have a grade or a better one."""

    band: Code = about("The grade.")
    percent: Share = about("Percent of those rated.")
    rounding: Half = about("How the number of people is rounded.", Half.DOWN)
    variants: tuple[Variant, ...] = about("Other percentages for certain units; the highest that fits.", ())
    at_most: int | None = about("Never more people than this.", None, most=1_000_000)
    left_out: tuple[ServiceState, ...] = about("Who is neither counted nor given it under the quota.", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Local:
    """What units may add of their own."""

    items: int = about("At most so many items …", least=1, most=100)
    points: Points = about("… of at most so many points each.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention(Named):
    """A count that is worth a line on the home page; it never brings points."""

    when: When = about("How many of which entries within how many months.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleEntry:
    """One entry of an example, and what should become of it."""

    item: Code = about("Code of the item.")
    on: Day = about("Day of the act.")
    decided: Day | None = about("Day of the decision.", None)
    ended: Day | None = about("Last day of continuing conduct.", None)
    level: AuthorityLevel = about("Level of the deciding body.", AuthorityLevel.UNIT)
    act: str = about("Entries with the same word follow from one act.", "")
    status: EntryStatus = about("Standing of the entry.", EntryStatus.EFFECTIVE)
    quantity: Amount | None = about("Quantity, in the item's unit.", None)
    given: Points | None = about("Points decided within the range.", None)
    capacity: Capacity | None = about("“head” for the head of the unit.", None)
    authors: int | None = about("How many share it.", None, least=2)
    corrected: Day | None = about("Day on which the wrong was corrected.", None)
    points: Points | None = about("Points that should count.", None)
    why: Code = about("Reason for which it should not count.", Code(""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A case with the result that the standard must give."""

    name: Text = about("What it shows.")
    ends: Day = about("Last day of the period.")
    grade: str = about("Grade that should come out, with the one fallen from, like DA; empty: not rated.")
    entries: tuple[ExampleEntry, ...] = about("The entries on file.", ())
    states: tuple[ServiceState, ...] = about("What holds of the person.", ())
    last_grade: Code = about("Grade of the last period.", Code(""))
    last_score: Points | None = about("Score of the last period.", None)
    inputs: Mapping[str, Amount] | None = about("What was measured.", None)
    score: Points | None = about("Score that should come out.", None)
    by: Code = about("Code of the rule, or of the item, that should fix the grade.", Code(""))


@dataclass(frozen=True, kw_only=True, eq=False)
class Scheme:
    """One version of a standard, as it stands on one day. Compared by identity, so that results can be
    remembered by it."""

    format: int = about("1: the format described here.", least=FORMAT, most=FORMAT)
    code: Code = about("Code of the standard, the same in all its editions.", key="id")
    edition: int = about("Number of the version, from 1.", least=1, most=100_000)
    title: Text = about("Its title.")
    issuer: str = about("Body that issued it.", "")
    adopted_by: str = about("Number of the document that adopts it.", "")
    source: str = about("Published rule that it reproduces.", "")
    notice: Text = about("What must be said wherever a grade by it is shown.", NO_TEXT)
    period: PeriodRule = about("What is graded together.", PeriodRule())
    score: Score = about("Where a score begins and ends.")
    parts: tuple[Part, ...] = about("Dimensions of the score.", ())
    carry_over: CarryOver | None = about("What the last period brings.", None)
    inputs: tuple[Input, ...] = about("What is measured elsewhere.", ())
    bands: tuple[Band, ...] = about("The grades, best first.")
    direct: tuple[Direct, ...] = about("Grades given directly by counts and results.", ())
    limits: tuple[Limit, ...] = about("Conditions that lower a grade.", ())
    quotas: tuple[Quota, ...] = about("How many may have a grade.", ())
    not_rated: tuple[ServiceState, ...] = about("Who gets no grade.", ())
    comment_only: tuple[ServiceState, ...] = about("Of these, who gets a written comment instead.", ())
    local: Local | None = about("What units may add.", None)
    combination: Combination = about("How entries meet.", Combination())
    validity: tuple[Validity, ...] = about("How long entries count; the first row that fits.", ())
    groups: tuple[Group, ...] = about("Groups of items.", ())
    attention: tuple[Attention, ...] = about("What is worth a look.", ())
    item_rows: tuple[ItemRule, ...] = about("The items.", key="items")
    examples: tuple[Example, ...] = about("Cases with their results.", ())
    versions: Mapping[str, tuple[ItemRule, ...]] = field(default_factory=dict)
    """All versions of an item whose values change with the day of the act, or that holds only for a time."""

    @cached_property
    def items(self) -> Mapping[str, ItemRule]:
        """The items by their code."""
        return {item.code: item for item in self.item_rows}

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """The place of each grade, 0 for the best."""
        return {band.code: place for place, band in enumerate(self.bands)}
