"""The command line: the same commands and queries as the window, one function a verb."""

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module

from app import words
from app.cli.parser import parser
from app.errors import Unavailable, UserError
from app.settings import load_settings

Answer = tuple[int, object, str]
"""Exit status; what ``--json`` prints; what people read."""

VERBS = {
    "office create": ("offices", "create"),
    "account add": ("offices", "add_account"),
    "import list": ("lists", "take_in"),
    "import verify": ("lists", "verify"),
    "import template": ("lists", "template"),
    "scheme list": ("standards", "listed"),
    "scheme check": ("standards", "check"),
    "scheme publish": ("standards", "publish"),
    "grade": ("grading", "grade"),
    "propose": ("grading", "propose"),
    "approve": ("grading", "approve"),
    "return": ("grading", "send_back"),
    "print summary": ("printing", "summary"),
    "verify": ("proofs", "verify"),
    "self-test": ("proofs", "self_test"),
    "diagnosis": ("proofs", "diagnosis"),
}
"""Module and function of each verb, imported when it is called: the window needs none of them to begin."""


def parse(arguments: Sequence[str] | None = None) -> Namespace:
    """The arguments, with the language of this desk, or the one asked for, in use."""
    words.use(load_settings().language)
    given = parser().parse_args(arguments)
    given.language = given.language or load_settings().language
    words.use(given.language)
    return given


def _verb(name: str) -> Callable[[Namespace], Answer]:
    module, function = VERBS[name]
    verb: Callable[[Namespace], Answer] = getattr(import_module(f"app.cli.{module}"), function)
    return verb


def run(given: Namespace) -> int:
    """Do the verb, print its answer, and return the exit status."""
    try:
        status, data, text = _verb(given.verb)(given)
    except (UserError, Unavailable) as refusal:
        print(refusal.sentence, file=sys.stderr)  # noqa: T201  # this is where the program speaks
        return 2
    if given.json:
        text = json.dumps(data, ensure_ascii=False, indent=1)
    if text:
        print(text)  # noqa: T201
    return status
