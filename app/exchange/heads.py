"""Heads outside the office: a text that says how far every chain had come, under one root hash.

The first line names the format, then follow the office, the day and the root, then a line for each chain:
its uid, the number of its last event and the hash of that. Whoever keeps the text, or only the root on paper,
can tell later whether a chain was written anew or cut off, even by someone who holds the key.
"""

from typing import NamedTuple

from app.errors import Invalid
from app.queries.heads import OfficeHeads
from app.words import tr
from models.ledger import Head, root_of
from models.types import Day, Uid, iso

_FORMAT = "integrity-files heads"
VERSION = 1


class ExportedHeads(NamedTuple):
    """What a text of heads says."""

    office: Uid
    name: str
    exported_on: str
    root: bytes
    heads: tuple[Head, ...]


def heads_text(office: OfficeHeads, today: Day) -> str:
    """The text of the heads of an office."""
    lines = (
        f"{_FORMAT} {VERSION}",
        f"office {office.uid} {office.office}",
        f"exported {iso(today)}",
        f"root {root_of(office.heads).hex()}",
        *(f"{head.chain} {head.seq} {head.hash.hex()}" for head in office.heads),
    )
    return "\n".join(lines) + "\n"


def read_heads(text: str) -> ExportedHeads:
    """What a text says. Raises Invalid where it is none, is of a newer version, or was altered."""
    first, *lines = text.splitlines() or [""]
    if not first.startswith(_FORMAT):
        raise Invalid(tr("This is no file of exported heads. Choose one that heads wrote."))
    if first.split()[-1] != str(VERSION):
        raise Invalid(tr("A newer version of the program exported these heads. Use that version to compare."))
    try:
        _, office, name = lines[0].split(" ", 2)
        exported, root = lines[1].split(" ")[1], bytes.fromhex(lines[2].split(" ")[1])
        heads = tuple(_head(line) for line in lines[3:])
    except (ValueError, IndexError):
        heads, root, office, name, exported = (), b"", "", "", ""
    if not heads or root_of(heads) != root:
        sentence = tr("The file of heads was altered: they do not come to its root. Use an unaltered copy.")
        raise Invalid(sentence)
    return ExportedHeads(Uid(office), name, exported, root, heads)


def _head(line: str) -> Head:
    chain, seq, last = line.split(" ")
    return Head(Uid(chain), int(seq), bytes.fromhex(last))
