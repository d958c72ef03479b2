"""Mappings kept as files: those that a desk remembers by the headings of a list, and those that are sent."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from app.errors import Invalid, UserError
from app.exchange.fields import Kind
from app.exchange.mapping import ListMapping, dump_mapping, parse_mapping
from app.exchange.values import plain
from app.files import reason_of, write_whole
from app.settings import settings_path
from app.words import tr

_MOST_BYTES = 1 << 20


def recall(kind: Kind, columns: Sequence[str]) -> ListMapping | None:
    """The mapping that was last used on this desk for a list with these headings."""
    try:
        return load_mapping(_place(kind, columns))
    except UserError:  # there is none, or it is of no use any more
        return None


def remember(mapping: ListMapping, columns: Sequence[str]) -> None:
    """Keep a mapping for lists with these headings; a folder that cannot be written forgets it."""
    path = _place(mapping.kind, columns)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dump_mapping(mapping), encoding="utf-8")
    except OSError:
        return


def load_mapping(path: Path) -> ListMapping:
    """The mapping in a file. Raises Invalid with what is wrong with it."""
    try:
        with path.open("rb") as file:
            return parse_mapping(file.read(_MOST_BYTES).decode("utf-8-sig"))
    except OSError as error:
        sentence = tr("{name} cannot be read ({reason}). Check that it is there and open to you.")
        raise Invalid(sentence.format(name=path.name, reason=reason_of(error))) from error
    except UnicodeDecodeError as error:
        sentence = tr("{name} is no mapping: choose a .toml file that the import wizard saved.")
        raise Invalid(sentence.format(name=path.name)) from error


def save_mapping(mapping: ListMapping, path: Path) -> None:
    """Write a mapping, as the command line takes it. Raises Invalid where that cannot be done."""
    write_whole(path, dump_mapping(mapping).encode())


def _place(kind: Kind, columns: Sequence[str]) -> Path:
    """The order of columns says nothing: only which there are."""
    headings = "\x1f".join(sorted(map(plain, columns)))
    name = f"{kind}-{sha256(headings.encode()).hexdigest()[:16]}.toml"
    return settings_path().parent / "mappings" / name
