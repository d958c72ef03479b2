"""The words for what is wrong with a value: why it cannot stay, and what to do."""

from collections.abc import Mapping

from app.rules.grading.reading import NO_TEXT
from app.rules.grading.scheme import ItemRule
from app.rules.inputs import NewEntry
from app.rules.validation import Fault, Problem
from app.words import in_use, mark, tr

FIELDS: Mapping[str, str] = {
    "staff_no": mark("Staff number"),
    "name": mark("Name"),
    "department": mark("Department"),
    "post": mark("Post"),
    "rank": mark("Rank"),
    "joined_on": mark("Joined on"),
    "left_on": mark("Left on"),
    "leaving": mark("Reason for leaving"),
    "id_number": mark("ID number"),
    "state": mark("State of service"),
    "state_since": mark("State since"),
    "state_until": mark("State until"),
    "item": mark("Item"),
    "occurred_on": mark("Occurred on"),
    "decided_on": mark("Decided on"),
    "ended_on": mark("Ended on"),
    "authority": mark("Deciding authority"),
    "level": mark("Level of the authority"),
    "document_no": mark("Document number"),
    "facts": mark("Facts"),
    "channel": mark("Channel"),
    "commitment": mark("Commitment"),
    "act": mark("Same act"),
    "quantity": mark("Quantity"),
    "given_points": mark("Points decided"),
    "given_reason": mark("Reason for the points"),
    "capacity": mark("Capacity"),
    "authors": mark("Shared by"),
    "corrected_on": mark("Wrong corrected on"),
    "corrected_document": mark("Document of its correction"),
    "received_on": mark("Received on"),
    "matter": mark("What was reported"),
    "due_on": mark("Due on"),
    "closed_on": mark("Closed on"),
    "order_no": mark("Order number"),
    "status": mark("Status"),
    "outcome": mark("Outcome"),
}

_CORRECT_DATE = mark("Write the date as year, month and day, such as 2015-03-01.")
_COMPARE = mark(
    "Compare the papers; where it is one fact, take one of the two away before the list is verified."
)

_SENTENCES: Mapping[Fault, tuple[str, str]] = {
    Fault.REQUIRED: (mark("{field} is missing."), mark("Fill it in.")),
    Fault.NO_BASIS: (
        mark("Neither document nor evidence is given."),
        mark("Give one of them."),
    ),
    Fault.TOO_LONG: (
        mark("{field} is longer than {most} characters."),
        mark("Shorten it; what belongs to the story goes into the facts."),
    ),
    Fault.SPACES: (mark("{field} “{value}” has a space inside."), mark("Write it without spaces.")),
    Fault.CLASSIFIED: (
        mark("{field} bears a mark of secrecy ({value})."),
        mark("Classified matter must not be entered here."),
    ),
    Fault.LOST_CHARACTER: (
        mark("In {field} “{value}” a rare character was lost."),
        mark("Type the name again from the person's papers."),
    ),
    Fault.DAMAGED_NUMBER: (
        mark("A spreadsheet turned {field} “{value}” into a rounded number, and its last digits are gone."),
        mark("Format the column as text and enter the number again from the papers."),
    ),
    Fault.ID_LENGTH: (
        mark("The ID number “{value}” is not 17 digits followed by a digit or X."),
        mark("Compare it with the identity card."),
    ),
    Fault.ID_DATE: (
        mark("The birth date inside the ID number “{value}” does not exist."),
        mark("Compare it with the identity card."),
    ),
    Fault.ID_CHECK_DIGIT: (
        mark("The last digit of the ID number “{value}” does not fit the others."),
        mark("Compare it with the identity card; two digits are often exchanged."),
    ),
    Fault.ID_TAKEN: (
        mark("The ID number “{value}” belongs to the staff number {other} already."),
        mark("Find out whose it is, and correct the other one."),
    ),
    Fault.DATE_UNREADABLE: (mark("{field} “{value}” is not a date."), _CORRECT_DATE),
    Fault.DATE_IMPOSSIBLE: (
        mark("{field} “{value}” is not in the calendar."),
        mark("Look the date up in the document."),
    ),
    Fault.DATE_YEAR: (
        mark("The year of {field} “{value}” is not between 1900 and 2100."),
        mark("Look the date up in the document."),
    ),
    Fault.DATE_SHORT_YEAR: (mark("The year of {field} “{value}” has only two digits."), _CORRECT_DATE),
    Fault.DATE_ORDER: (
        mark("In {field} “{value}” it is not clear which number is the day."),
        mark("Put the year first, or let the mapping say whether the day or the month comes first."),
    ),
    Fault.DATE_NO_DAY: (
        mark("{field} “{value}” has no day."),
        mark("Add the day, or let the mapping accept months in this column."),
    ),
    Fault.DATE_JANUARY_OR_OCTOBER: (
        mark("{field} “{value}” may be January, or October with its nought lost in a number cell."),
        mark("Write 01 or 10 for the month, in a cell formatted as text."),
    ),
    Fault.FUTURE: (mark("{field} {value} is still to come."), mark("Look the date up in the document.")),
    Fault.BEFORE: (
        mark("{field} {value} lies before {other} {other_value}."),
        mark("Correct one of the two dates."),
    ),
    Fault.LEFT_WITHOUT_DATE: (
        mark("There is a reason for leaving, but no date."),
        mark("Add the day on which the person left."),
    ),
    Fault.OPEN_BUT_CLOSED: (
        mark("The lead is open, but was closed on {value}."),
        mark("Take the date away, or say how the lead was closed."),
    ),
    Fault.NOT_A_NUMBER: (
        mark("{field} “{value}” is not a number."),
        mark("Write it in figures, such as 3 or 2.5, without its unit."),
    ),
    Fault.TOO_EXACT: (
        mark("{field} “{value}” has too many digits after the point."),
        mark("Write points and quantities with at most three of them, people without."),
    ),
    Fault.OUT_OF_BOUNDS: (
        mark("{field} {value} does not lie between {least} and {most}."),
        mark("Correct the number."),
    ),
    Fault.POINTS_WITHOUT_REASON: (
        mark("Points are decided case by case, and nothing says why these."),
        mark("Give the reason in a sentence."),
    ),
    Fault.REASON_WITHOUT_POINTS: (
        mark("There is a reason for the points, but no points."),
        mark("Add them, or take the reason away."),
    ),
    Fault.WRONG_SIGN: (
        mark("{field} {value} goes the other way than the item."),
        mark("Write a deduction with a minus, a bonus without; or choose another item."),
    ),
    Fault.HEAD_WITHOUT_DECISION: (
        mark("A head answers for the unit only by decision."),
        mark("Give the number of the one that names the personal responsibility."),
    ),
    Fault.NOTHING_TO_CORRECT: (
        mark("{field} {value} stands beside something good, which needs no correction."),
        mark("Take the date away, or choose another item."),
    ),
    Fault.NOT_A_CHOICE: (
        mark("{field} “{value}” is not among the choices."),
        mark("Use one of these: {choices}. Or say in the mapping what the value means."),
    ),
    Fault.UNKNOWN_ITEM: (
        mark("There is no item “{value}”."),
        mark("Use the name or code of an item of the standards, or say in the mapping what the value means."),
    ),
    Fault.UNKNOWN_PERSON: (
        mark("Nobody has the staff number “{value}”."),
        mark("Correct the number, or import the person first."),
    ),
    Fault.OTHER_NAME: (
        mark("The staff number {staff_no} belongs to {known}, and not to “{value}”."),
        mark("Correct the number or the name, so that the right person is meant."),
    ),
    Fault.STAFF_NO_TWICE: (
        mark("The staff number “{value}” stands in row {row} already."),
        mark("Keep one row of each person, or correct the number."),
    ),
    Fault.STAFF_NO_TAKEN: (
        mark("The staff number {staff_no} belongs to {known} already, and not to “{value}”."),
        mark("Correct the number; a changed name is corrected in the file of the person."),
    ),
    Fault.OWN_FILE: (
        mark("The row is about your own file."),
        mark("Let a colleague import it: nobody acts on the own file."),
    ),
    Fault.FILE_CLOSED: (
        mark("The file was closed on {value}, before this."),
        mark("Correct the date; where the person came back, reopen the file first."),
    ),
    Fault.FILE_SENT: (
        mark("The file was sent to {value} and is an archive here."),
        mark("Hand the row over to that office."),
    ),
    Fault.OTHER_DEPARTMENT: (
        mark("The file of {value} is kept in another department."),
        mark("Let the personnel officer of that department import it."),
    ),
    Fault.DEPARTMENT_NOT_KEPT: (
        mark("You do not keep the files of the department “{value}”."),
        mark("Let its personnel officer import the row."),
    ),
    Fault.STATE_WITHOUT_DATE: (
        mark("The state of service “{value}” has no first day."),
        mark("Add the day from which it holds."),
    ),
    Fault.CELLS: (
        mark("The row has {found} cells and the heading {expected}."),
        mark("Look for a missing comma or quotation mark, or give every column a heading."),
    ),
    Fault.NO_PLACE: (
        mark("No rule of the mapping says where this row belongs: {value}."),
        mark("Add a rule for these values, or correct them."),
    ),
    Fault.PLACED_OTHERWISE: (
        mark("An earlier import took this row in as something else ({value})."),
        mark("Settle it in the program: close the lead, or correct the entry."),
    ),
    Fault.NOUGHTS_LOST: (
        mark("Nobody has the staff number “{value}”, which is shorter than all staff numbers here."),
        mark(
            "Where a spreadsheet took the noughts in front away, let the mapping say the digits of a staff "
            "number; else correct the number."
        ),
    ),
    Fault.TOTAL: (
        mark("“{value}” looks like the total of the list, and not like one of its rows."),
        mark("Leave it as it is: a total is not taken in."),
    ),
    Fault.SAME_AS_ROW: (
        mark("Perhaps the same fact twice: row {row} has the same person, item, date and document number."),
        _COMPARE,
    ),
    Fault.ON_FILE: (
        mark("Perhaps on file already: an entry has the same person, item, date and document number."),
        _COMPARE,
    ),
}


def missing_basis(new: NewEntry, rule: ItemRule | None, evidenced: bool) -> dict[str, str]:
    """What an entry of an item must rest on and is not given, in sentences by field.

    A sanction is given by a written decision, which has a number (公职人员政务处分法 第四十五条); what else
    must be there, the standard says. Not asked of lists of earlier years.
    """
    missing = {}
    if rule and rule.influence and not new.document_no:
        missing["document_no"] = tr("A sanction rests on its decision: enter the number of the document.")
    if rule and rule.evidence != NO_TEXT and not evidenced:
        sentence = tr("Required here: {evidence}. Attach it, or say where the paper lies.")
        missing["evidence"] = sentence.format(evidence=rule.evidence.in_language(in_use()))
    return missing


def field_label(field: str) -> str:
    """What people call a field, in the language in use."""
    return tr(FIELDS[field]) if field in FIELDS else field


def problem_reason(problem: Problem) -> str:
    """Why the value cannot stay, in a sentence."""
    return _fill(_SENTENCES[problem.fault][0], problem)


def problem_advice(problem: Problem) -> str:
    """What to do about it, in a sentence."""
    return _fill(_SENTENCES[problem.fault][1], problem)


def problem_kind(problem: Problem) -> str:
    """The reason without the values of one row, to count by."""
    kept = {"most"} if problem.fault is not Fault.BEFORE else {"other"}
    params = {name: value if name in kept else "…" for name, value in problem.params.items()}
    return problem_reason(problem._replace(value="…", params=params))


def problem_sentence(problem: Problem) -> str:
    """Why the value cannot stay, and what to do."""
    reason, advice = problem_reason(problem), problem_advice(problem)
    return f"{reason}{advice}" if reason.endswith("。") else f"{reason} {advice}"


def _fill(message: str, problem: Problem) -> str:
    params = {**problem.params}
    if problem.fault is Fault.BEFORE:
        params["other"] = field_label(params["other"])
    return tr(message).format(field=field_label(problem.field), value=problem.value, **params)
