"""The verb that publishes what a unit adds to a standard."""

from argparse import Namespace

from app.cli.offices import entered
from app.cli.standards import text_of
from app.commands.supplements import publish_supplement
from app.errors import Invalid
from app.words import tr
from models.types import Day


def publish(given: Namespace) -> tuple[int, object, str]:
    """``scheme publish-local``"""
    digits = given.valid_from.replace("-", "")
    if not (digits.isdigit() and len(digits) == 8):
        raise Invalid(tr("--valid-from must be a date like 2025-01-01."))
    wanted = (text_of(given.file), given.department, given.adopted_by, Day(int(digits)))
    entered(given).do(publish_supplement, *wanted)
    said = tr("The items of {department} are published.").format(
        department=given.department or tr("the organ")
    )
    return 0, {"department": given.department, "valid_from": given.valid_from}, said
