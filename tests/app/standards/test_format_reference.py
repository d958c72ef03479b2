"""The reference of the format has every key and every example of it holds, in both languages."""

import re
import tomllib
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any

import pytest

from app import words
from app.rules.grading.examples import run_examples
from app.rules.grading.local import parse_supplement, supplemented
from app.rules.grading.parsing import parse
from app.rules.grading.reading import slots_of
from app.standards.field_titles import about_words
from app.standards.format_reference import DOCUMENTS, enumerations, filled, tables
from app.standards.toml_text import written
from tests.offices import BASELINE

BLOCK = re.compile(r"^```toml ?(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEW_ITEM = {"code": "new", "name": "新", "polarity": "negative", "category": "poor_work", "validity": 12}


def text_of(language: str) -> str:
    return DOCUMENTS[language].read_text(encoding="utf-8")


def blocks(language: str) -> list[tuple[str, str]]:
    return BLOCK.findall(text_of(language))


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_tables_are_what_the_classes_say(language: str) -> None:
    """Where this fails, ``python3 -m app.standards.format_reference`` writes them anew."""
    words.use(language)
    assert filled(text_of(language)) == text_of(language)


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_key_and_every_value_is_there(language: str) -> None:
    text = text_of(language)
    every = [*tables(), *enumerations()]
    assert [one.__name__ for one in every if f"<!-- table {one.__name__} -->" not in text] == []
    keys = {slot.key for cls in tables() for slot in slots_of(cls)}
    assert sorted(key for key in keys if f"\n| `{key}` | " not in text) == []
    kinds = {kind for cls in tables() for slot in slots_of(cls) for kind in enumerations_in(slot.kind)}
    assert sorted(value for kind in kinds for value in kind if f"`{value}`" not in text) == []
    links = set(re.findall(r"\]\(#(\w+)\)", text))
    assert links <= set(re.findall(r'<a id="(\w+)">', text))


def enumerations_in(kind: Any) -> set[type[StrEnum]]:
    inner = getattr(kind, "__args__", ())
    own = {kind} if isinstance(kind, type) and issubclass(kind, StrEnum) else set()
    return own.union(*(enumerations_in(one) for one in inner))


def test_every_field_is_explained_in_both_languages() -> None:
    for cls in tables():
        for slot in slots_of(cls):
            words.use("en")
            english = about_words(slot)
            words.use("zh_CN")
            assert english and about_words(slot) != english, (cls, slot.key)


def test_both_documents_have_the_same_examples() -> None:
    zh, en = (blocks(language) for language in words.LANGUAGES)
    assert len(zh) > 30 and zh == en


def content_of(text: str) -> dict[str, Any]:
    return tomllib.loads(text, parse_float=Decimal)


def with_rows(content: dict[str, Any], block: dict[str, Any]) -> str:
    """The text of a standard with the tables of an example; its items stand beside those that there are."""
    made = {**content, **block, "items": [*content["items"], *block.get("items", ())]}
    return "\n".join(f"{key} = {written(value)}" for key, value in made.items())


@pytest.mark.parametrize(("kind", "block"), blocks("zh_CN"))
def test_every_example_is_part_of_a_standard(kind: str, block: str) -> None:
    whole = {key: value for key, value in content_of(BASELINE).items() if key != "examples"}
    example = content_of(block)
    if kind == "local":
        room = parse(with_rows(whole | {"id": example["id"]}, {"local": {"items": 5, "points": 3}}))
        assert supplemented(room, parse_supplement(block)).items["local.window"]
        return
    added = {"items": [NEW_ITEM | example]} if kind == "item" else example
    text = block if "format" in example else with_rows(whole, added)
    assert [ran.misses for ran in run_examples(parse(text), partial(parse, text)) if ran.misses] == []
