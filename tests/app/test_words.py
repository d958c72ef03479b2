"""The Chinese is complete, and fills the same places as the English."""

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from app import words

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "resources" / "i18n" / "zh_CN" / "LC_MESSAGES" / "integrity_files.po"
DATES = ("{day} {month_name} {year}",)
"""Written with other parts of the date in Chinese."""
KEYWORDS = ("tr", "mark", "ntr", "about")


def used() -> set[str]:
    """Every message in the code, a counted one by its singular; babel would pass over those in f-strings."""
    paths = [path for package in ("app", "models", "ui") for path in (ROOT / package).rglob("*.py")]
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    return {ast.literal_eval(call.args[0]) for call in calls if _marks(call)}


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """The Chinese catalogue."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_CN")


def test_every_message_has_its_chinese(catalogue: Catalog) -> None:
    missing = sorted(text for text in used() if not (catalogue.get(text) and catalogue.get(text).string))
    assert missing == []


def test_nothing_is_left_of_messages_that_are_gone(catalogue: Catalog) -> None:
    known = used()
    assert (
        sorted(_singular(message) for message in catalogue if message.id and _singular(message) not in known)
        == []
    )


def test_no_translation_is_doubtful(catalogue: Catalog) -> None:
    assert [message.id for message in catalogue if message.fuzzy and message.id] == []


def test_translations_fill_the_same_places(catalogue: Catalog) -> None:
    for message in catalogue:
        chinese = message.string if isinstance(message.string, str) else message.string[0]
        if message.id and message.id not in DATES:
            english = message.id if isinstance(message.id, str) else message.id[1]
            assert _places(chinese) == _places(english), message.id


def test_chinese_has_its_own_punctuation(catalogue: Catalog) -> None:
    chinese = [text for message in catalogue if message.id for text in _strings(message)]
    assert [text for text in chinese if re.search("[\u4e00-\u9fff][,:;?!]", text)] == []


def test_both_languages_are_spoken() -> None:
    assert words.translator("zh_CN")("Effective") == "有效"
    words.use("zh_CN")
    assert words.tr("Effective") == "有效"
    assert words.ntr("{n} person", "{n} people", 3) == "{n} 人"
    words.use("en")
    assert words.ntr("{n} person", "{n} people", 3) == "{n} people"


def test_things_are_listed_as_the_language_lists_them() -> None:
    assert words.listed([]) == ""
    assert words.listed(["a"]) == "a"
    assert words.listed(["a", "b", "c"]) == "a, b, c"
    words.use("zh_CN")
    assert words.listed(["王丽", "解伟"]) == "王丽、解伟"


def _marks(call: ast.Call) -> bool:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    return name in KEYWORDS and isinstance(call.args[0], ast.Constant)


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
