"""The JSON Schema of the format, from the same classes by which a standard is read.

``python3 -m app.rules.grading.schema`` prints it; ``resources/schemes/format-1.schema.json`` is that.
"""

import json
import sys
from collections.abc import Mapping
from dataclasses import MISSING
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from app.rules.grading.reading import (
    MOST_AMOUNT,
    MOST_POINTS,
    Amount,
    Code,
    Share,
    Slot,
    Text,
    slots_of,
)
from app.rules.grading.scheme import Scheme
from app.rules.validation import CODE, LINE
from models.types import Day, Points

DRAFT = "https://json-schema.org/draft/2020-12/schema"
Json = dict[str, Any]

_DATE: Json = {"type": "string", "format": "date"}
_NUMBER: Json = {"type": "number", "multipleOf": 0.001}
_SCALARS: Mapping[Any, Json] = {
    str: {"type": "string", "maxLength": LINE},
    Code: {"type": "string", "pattern": rf"^[\w.\-]{{1,{CODE}}}$"},
    bool: {"type": "boolean"},
    Points: {**_NUMBER, "minimum": -MOST_POINTS, "maximum": MOST_POINTS},
    Share: {**_NUMBER, "minimum": 0, "maximum": MOST_POINTS},
    Amount: {**_NUMBER, "minimum": -MOST_AMOUNT, "maximum": MOST_AMOUNT},
    Day: _DATE,
}


def json_schema() -> Json:
    """The whole format, a definition for each kind of table."""
    defs: Json = {}
    top = _reference(Scheme, defs)
    return {"$schema": DRAFT, "title": "Grading standard, format 1", **top, "$defs": defs}


def _reference(cls: type, defs: Json) -> Json:
    if cls.__name__ not in defs:
        defs[cls.__name__] = {}  # a place for what refers to itself
        defs[cls.__name__] = _table(cls, defs)
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _table(cls: type, defs: Json) -> Json:
    slots = slots_of(cls)
    return {
        "description": " ".join((cls.__doc__ or "").split("\n\n")[0].split()),  # 3.13 takes the indent away
        "type": "object",
        "properties": {slot.key: _property(slot, defs) for slot in slots},
        "required": [slot.key for slot in slots if slot.default is MISSING],
        "additionalProperties": False,
    }


def _property(slot: Slot, defs: Json) -> Json:
    """A value: plain, or with the days between which it holds, or several of these."""
    plain = _value(slot, slot.kind, defs)
    dated = _dated(plain)
    name = next((name for name, known in defs.items() if known == dated), f"dated{len(defs)}")
    defs.setdefault(name, dated)
    return {"description": slot.about, "$ref": f"#/$defs/{name}"}


def _dated(plain: Json) -> Json:
    dated = {
        "type": "object",
        "properties": {
            "value": plain,
            "since": _DATE,
            "until": _DATE,
            "reference": {"type": "string"},
            "reviewed_until": _DATE,
        },
        "required": ["value"],
        "additionalProperties": False,
    }
    return {"anyOf": [plain, dated, {"type": "array", "items": dated}]}


def _value(slot: Slot, kind: Any, defs: Json) -> Json:
    if get_origin(kind) in (Union, UnionType):
        kind = next(one for one in get_args(kind) if one is not NoneType)
    if kind is int:
        return {"type": "integer", "minimum": slot.least, "maximum": slot.most}
    if kind in _SCALARS:
        return _SCALARS[kind]
    if kind is Text:
        line = _SCALARS[str]
        return {"anyOf": [line, _reference(Text, defs)]}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _value(slot, get_args(kind)[0], defs)}
    if get_origin(kind) is Mapping:
        keys, values = get_args(kind)
        return _mapping(slot, keys, values, defs)
    if issubclass(kind, StrEnum):
        defs.setdefault(kind.__name__, {"enum": [str(one) for one in kind]})
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return _reference(kind, defs)


def _mapping(slot: Slot, keys: Any, values: Any, defs: Json) -> Json:
    value = _value(slot, values, defs)
    if not (isinstance(keys, type) and issubclass(keys, StrEnum)):
        return {"type": "object", "additionalProperties": value}
    by_key = {
        "type": "object",
        "properties": {str(key): value for key in keys},
        "additionalProperties": False,
    }
    return {"anyOf": [value, by_key]}


def main() -> None:
    """Print it."""
    sys.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
