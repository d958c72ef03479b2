"""One's own relatives are declared in the window."""

from app.queries.relatives import own_relatives
from models.types import Kinship
from tests.offices import TestOffice
from tests.ui.conftest import unnamed
from tests.ui.pages.windows import open_page, said
from ui.dialogs.reason import ReasonDialog
from ui.dialogs.relatives import show_relatives
from ui.fields import ChoiceField
from ui.pages.lists.page import ListsPage


def test_a_relative_is_declared_and_listed(qtbot, embedded: TestOffice, idle) -> None:
    officer = embedded.as_("officer")
    window, _ = open_page(qtbot, "lists", lambda: ListsPage(officer))
    dialog = show_relatives(window, officer)
    idle()
    assert dialog.list.count() == 0 and unnamed(dialog) == []
    dialog.act.click()
    (asked,) = dialog.findChildren(ReasonDialog)
    asked.act.click()
    assert asked.row("staff_no").refusal
    asked.row("staff_no").field.setText("0999")
    choice = asked.row("relation").field
    assert isinstance(choice, ChoiceField)
    choice.choose(Kinship.SPOUSE)
    asked.act.click()
    idle()
    assert "staff number 0999" in asked.row("staff_no").refusal
    asked.row("staff_no").field.setText("0004")
    asked.act.click()
    idle()
    assert dialog.list.item(0).text().endswith("0004 · Spouse")
    assert said(window) == "Declared. It holds from your next sign-in on."
    assert [row.staff_no for row in embedded.as_("officer").ask(own_relatives)] == ["0004"]
