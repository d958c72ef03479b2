"""Verbs for who keeps away from which file: relatives, and the second keeper of the personnel staff."""

from argparse import Namespace

from app.cli.offices import entered
from app.commands.recusal import declare_relative, name_keeper, withdraw_relative
from app.context import AppContext
from app.errors import Invalid, NotFound
from app.labels import label
from app.queries.relatives import RelativeRow, relatives_of
from app.words import tr
from models.types import Kinship


def relative(given: Namespace) -> tuple[int, object, str]:
    """``account relative``"""
    context = entered(given)
    if given.declare:
        if given.relation not in list(Kinship):
            raise Invalid(tr("Give the relation with --relation: {known}.").format(known=", ".join(Kinship)))
        context.do(declare_relative, given.declare, Kinship(given.relation), given.whose)
    if given.withdraw:
        context.do(withdraw_relative, _declared(context, given).uid)
    rows = context.ask(relatives_of, given.whose)
    data = [{"staff_no": row.staff_no, "name": row.name, "relation": row.relation} for row in rows]
    lines = [f"{row.staff_no} {row.name} · {label(row.relation)}" for row in rows]
    return 0, data, "\n".join(lines) or tr("No relative is declared.")


def _declared(context: AppContext, given: Namespace) -> RelativeRow:
    for row in context.ask(relatives_of, given.whose):
        if row.staff_no == given.withdraw:
            return row
    sentence = tr("{staff_no} is not declared as a relative of {login}.")
    raise NotFound(sentence.format(staff_no=given.withdraw, login=given.whose))


def keeper(given: Namespace) -> tuple[int, object, str]:
    """``account keeper``"""
    context = entered(given)
    context.do(name_keeper, given.whose, given.keeper)
    said = tr("{login} keeps the file {staff_no} from the next sign-in on.")
    return 0, {}, said.format(login=given.keeper, staff_no=given.whose)
