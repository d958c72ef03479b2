"""The verb that publishes what a unit adds to a standard."""

from argparse import Namespace

from app.cli.offices import entered
from app.cli.standards import text_of, valid_from_of
from app.commands.supplements import publish_supplement
from app.words import tr


def publish(given: Namespace) -> tuple[int, object, str]:
    """``scheme publish-local``"""
    wanted = (text_of(given.file), given.department, given.adopted_by, valid_from_of(given))
    entered(given).do(publish_supplement, *wanted)
    said = tr("The items of {department} are published.").format(
        department=given.department or tr("the organ")
    )
    return 0, {"department": given.department, "valid_from": given.valid_from}, said
