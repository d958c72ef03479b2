"""The filters that one keeps: with their order and columns, chosen from a menu, for the account."""

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from app.commands.changes import Changes
from app.commands.views import forget_view, save_view
from app.context import AppContext
from app.queries.views import views
from app.words import mark, tr
from ui import messages, tasks
from ui.dialogs.reason import Answers, Field, Question, ask_reason

View = dict[str, Any]


class ViewsMenu(QMenu):
    """Each kept filter by name; then keeping what is seen now, and forgetting one."""

    def __init__(
        self,
        context: AppContext,
        page: str,
        seen: Callable[[], View],
        show: Callable[[View], object],
        parent: QWidget,
    ) -> None:
        super().__init__(tr("Kept filters"), parent)
        self._context, self._page, self._seen, self._show_view = context, page, seen, show
        self._parent = parent
        self.menuAction().setToolTip(tr("Filters kept under a name, with their order and columns"))
        self._fill({})
        self._read()

    def _read(self, _: object = None) -> None:
        tasks.read(self, partial(self._context.ask, views, self._page), self._fill, key="views")

    def _fill(self, kept: Mapping[str, str]) -> None:
        self.clear()
        for name, content in kept.items():
            self.addAction(name, partial(self._show_view, json.loads(content)))
        self.addSeparator()
        self.addAction(tr("Keep this filter…"), self._keep)
        forget = self.addMenu(tr("Forget"))
        forget.setEnabled(bool(kept))
        for name in kept:
            forget.addAction(name, partial(self._forget, name))

    def _keep(self) -> None:
        sentence = tr("The filter with its order and columns is kept for your account, on every desk.")
        question = Question(tr("Keep this filter"), sentence, tr("Keep"), (_NAME,))
        content = json.dumps(self._seen(), ensure_ascii=False)

        def command(answers: Answers) -> Callable[[], Changes]:
            return partial(self._context.do, save_view, self._page, answers.text("name"), content)

        ask_reason(self._parent, question, command, self._read)

    def _forget(self, name: str) -> None:
        said = tr("“{name}” is kept no longer.").format(name=name)
        forget = partial(self._context.do, forget_view, self._page, name)

        def done(_: Changes) -> None:
            messages.say(self._parent, "ok", said)
            self._read()

        tasks.write(self, forget, done)


_NAME = Field("name", mark("Name"), "line", mark("Give the filter a name."))
