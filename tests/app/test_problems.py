"""Every fault has a reason and an advice, whatever its params."""

import string

import pytest

from app.problems import _SENTENCES, FIELDS, problem_kind, problem_sentence
from app.rules.inputs import NewEntry, NewLead, NewPerson
from app.rules.validation import Fault, Problem


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_says_what_is_wrong_and_what_to_do(fault):
    reason, advice = _SENTENCES[fault]
    places = {name for _, name, _, _ in string.Formatter().parse(reason + advice) if name}
    params = dict.fromkeys(places - {"field", "value"}, "name")
    sentence = problem_sentence(Problem("joined_on", fault, "2015.3", params))
    assert sentence.endswith(".")
    assert "{" not in sentence
    assert "2015.3" not in problem_kind(Problem("joined_on", fault, "2015.3", params))


def test_every_field_has_a_name():
    fields = {*NewPerson._fields, *NewEntry._fields, *NewLead._fields} - {"states"}
    assert fields <= set(FIELDS)
