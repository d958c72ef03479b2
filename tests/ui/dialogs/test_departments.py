"""The dialog of departments: the tree, what happened, and every change with its document."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from app.queries.departments import departments
from tests.offices import OFFICE, WINDOW, TestOffice
from tests.ui.conftest import unnamed
from ui.dialogs.departments import DepartmentsDialog
from ui.dialogs.reason import ReasonDialog
from ui.fields import ChoiceField

Idle = Callable[[], None]


@pytest.fixture
def dialog(embedded: TestOffice, qtbot: QtBot, idle: Idle) -> DepartmentsDialog:
    made = DepartmentsDialog(embedded.as_("officer"), WINDOW)
    qtbot.addWidget(made)
    made.show()
    idle()
    return made


def told(dialog: DepartmentsDialog) -> list[list[str]]:
    lines = [dialog.history.topLevelItem(n) for n in range(dialog.history.topLevelItemCount())]
    return [[line.text(column) for column in range(4)] for line in lines if line]


def ask(dialog: DepartmentsDialog, act: str, idle: Idle, **given: str) -> ReasonDialog:
    dialog.acts[act].click()
    (opened,) = (one for one in dialog.findChildren(ReasonDialog) if one.isVisible())
    for name, text in {**given, "document_no": "泽编发〔2025〕7号", "on": "2025-12-1"}.items():
        field = opened.row(name).field
        if isinstance(field, ChoiceField):
            field.choose(text)
        else:
            field.setText(text)  # type: ignore[attr-defined]
    opened.act.click()
    idle()
    return opened


def test_it_opens_on_the_chosen_one_and_tells_its_history(dialog: DepartmentsDialog) -> None:
    assert dialog.tree.currentItem().text(0) == "审批一科" and dialog.tree.currentItem().text(1) == "3"
    assert [line[1] for line in told(dialog)] == ["审批一科 is added under 泽临市政务服务局"]
    assert not unnamed(dialog)


def test_a_department_is_renamed_added_and_merged(
    dialog: DepartmentsDialog, embedded: TestOffice, idle: Idle
) -> None:
    ask(dialog, "rename", idle, name="政务审批科")
    assert told(dialog)[0] == ["2025-12-01", "审批一科 is called 政务审批科 now", "泽编发〔2025〕7号", "张三"]
    ask(dialog, "add", idle, name="窗口")
    ask(dialog, "merge", idle, department=str(OFFICE))
    rows = embedded.as_("officer").ask(departments)
    assert [(row.path, row.people) for row in rows] == [("", 0), ("办公室", 5), ("办公室/窗口", 0)]


def test_a_refusal_stays_beside_its_field(dialog: DepartmentsDialog, idle: Idle) -> None:
    refused = ask(dialog, "rename", idle, name="办公室")
    assert "already" in refused.row("name").refusal and refused.isVisible()
    refused.close()
    refused = ask(dialog, "dissolve", idle)
    assert refused.isVisible()


def test_nothing_is_done_with_the_office_itself(dialog: DepartmentsDialog, idle: Idle) -> None:
    root = dialog.tree.topLevelItem(0)
    assert isinstance(root, QTreeWidgetItem)
    dialog.tree.setCurrentItem(root)
    idle()
    assert [name for name, act in dialog.acts.items() if act.isEnabled()] == ["add"]
    assert len(told(dialog)) == 3


def test_a_head_reads_and_changes_nothing(embedded: TestOffice, qtbot: QtBot, idle: Idle) -> None:
    made = DepartmentsDialog(embedded.as_("head"))
    qtbot.addWidget(made)
    made.show()
    idle()
    assert not any(act.isEnabled() for act in made.acts.values())
