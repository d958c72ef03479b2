"""The command line: the same commands and queries as the window, one function a verb."""

import json
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module
from io import TextIOWrapper

from app import words
from app.cli.parser import language_parser, parser
from app.errors import Invalid, Unavailable, UserError
from app.files import reason_of
from app.settings import load_settings
from app.words import tr

Answer = tuple[int, object, str]
"""Exit status; what ``--json`` prints; what people read."""

VERBS = {
    "office create": ("offices", "create"),
    "office passphrase": ("offices", "passphrase"),
    "office recovery-code": ("offices", "recovery_code"),
    "account add": ("offices", "add_account"),
    "account password": ("offices", "password"),
    "account relative": ("recusal", "relative"),
    "account keeper": ("recusal", "keeper"),
    "import list": ("lists", "take_in"),
    "import verify": ("lists", "verify"),
    "import return": ("lists", "send_back"),
    "import template": ("lists", "template"),
    "scheme list": ("standards", "listed"),
    "scheme check": ("standards", "check"),
    "scheme items": ("standard_texts", "items"),
    "scheme examples": ("standard_texts", "examples"),
    "scheme schema": ("standard_texts", "schema"),
    "scheme compare": ("trying", "compare"),
    "scheme what-if": ("trying", "try_out"),
    "scheme publish": ("standards", "publish"),
    "scheme publish-local": ("units", "publish"),
    "accountability show": ("accountability", "show"),
    "accountability check": ("accountability", "check"),
    "accountability publish": ("accountability", "publish"),
    "grade": ("grading", "grade"),
    "measure": ("measuring", "measure"),
    "propose": ("grading", "propose"),
    "approve": ("grading", "approve"),
    "return": ("grading", "send_back"),
    "print summary": ("printing", "summary"),
    "print own-copy": ("printing", "own_copy"),
    "list": ("listing", "show"),
    "leads": ("leads", "listed"),
    "search": ("searching", "search"),
    "objections": ("objections", "listed"),
    "objection file": ("objections", "file"),
    "objection decide": ("objections", "decide"),
    "objection withdraw": ("objections", "withdraw"),
    "print objection": ("objections", "print_paper"),
    "print notice": ("entry_life", "print_notices"),
    "influence": ("entry_life", "influence"),
    "calendar": ("calendars", "calendar"),
    "verify": ("proofs", "verify"),
    "heads": ("proofs", "heads"),
    "transfer-out": ("transfers", "send"),
    "transfer-in": ("transfers", "receive"),
    "self-test": ("proofs", "self_test"),
    "diagnosis": ("proofs", "diagnosis"),
}
"""Module and function of each verb, imported when it is called: the window needs none of them to begin."""


def parse(arguments: Sequence[str] | None = None) -> Namespace:
    """The arguments, with the language of this desk, or the one asked for, in use."""
    _speak_every_character()
    words.use(load_settings().language)
    said = list(sys.argv[1:] if arguments is None else arguments)
    in_json = "--json" in said  # wherever it stands: people write it last
    try:
        words.use(language_parser().parse_known_args(said)[0].language or words.in_use())
        given = parser().parse_args(["--json"] * in_json + [one for one in said if one != "--json"])
    except Invalid as refusal:
        sys.exit(_refuse(refusal.sentence, in_json))
    given.language = words.in_use()
    return given


def _speak_every_character() -> None:
    """Where what reads the output takes not every name, as GBK lacks 䶮, its number stands for it."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _verb(name: str) -> Callable[[Namespace], Answer]:
    module, function = VERBS[name]
    verb: Callable[[Namespace], Answer] = getattr(import_module(f"app.cli.{module}"), function)
    return verb


def run(given: Namespace) -> int:
    """Do the verb, print its answer, and return the exit status."""
    try:
        status, data, text = _verb(given.verb)(given)
    except (UserError, Unavailable) as refusal:
        return _refuse(refusal.sentence, given.json)
    except (KeyboardInterrupt, EOFError):  # Ctrl+C, or Ctrl+D where a secret is asked for
        return _refuse(tr("Stopped; what was not done yet is not written."), given.json)
    return status if _said(_json(data) if given.json else text) else max(status, 1)


def _refuse(sentence: str, in_json: bool = False) -> int:
    """Say why nothing is done: to people, and to a script that reads JSON."""
    print(sentence, file=sys.stderr)  # noqa: T201  # this is where the program speaks
    if in_json:
        _said(_json({"error": sentence}))
    return 2


def _json(data: object) -> str:
    every = "utf" in (sys.stdout.encoding or "utf-8").lower()
    return json.dumps(data, ensure_ascii=not every, indent=1)


def _said(text: str) -> bool:
    """Whether the answer could be written; whoever stops reading it knows why."""
    try:
        print(text, end="\n" if text else "", flush=True)  # noqa: T201
    except OSError as error:
        # What is left would be tried again when the program ends, and fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return True
        _refuse(tr("It is done, but the answer cannot be written: {reason}.").format(reason=reason_of(error)))
        return False
    return True
