"""The one key of an embedded office, and the slots that each open it.

``office.keys`` lies beside the database. It holds the key only wrapped (AES key wrap, RFC 3394):
by a random key that the operating system's keyring keeps, by a passphrase, by a recovery code.
"""

import os
import tomllib
from base64 import b32encode
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from app import secrets
from app.files import write_whole
from models.types import Uid

FORMAT = 1
KEY_BYTES = 32
MEMORY_KIB, ROUNDS, LANES = 64 * 1024, 3, 4  # the second choice of RFC 9106, for desks with little memory
RECOVERY_GROUPS, RECOVERY_GROUP = 5, 5  # 125 random bits


class WrongPassphrase(Exception):
    """Neither the passphrase nor the recovery code opens a slot."""


class NoSlots(Exception):
    """``office.keys`` is missing, damaged or not ours."""


@dataclass(frozen=True, slots=True)
class NewKeys:
    """A key made for a new office."""

    key: bytes
    recovery_code: str
    """To be printed once and shown never again."""
    in_keyring: bool


class _Slot(NamedTuple):
    """The key, wrapped; and unless a random key wraps it, how that is derived from what is typed."""

    wrapped: bytes
    salt: bytes = b""
    memory_kib: int = 0
    rounds: int = 0
    lanes: int = 0


def create(path: Path, office: Uid, passphrase: str) -> NewKeys:
    """Make the key of a new office and write its slots to ``path``."""
    key, wrapping, code = os.urandom(KEY_BYTES), os.urandom(KEY_BYTES), _recovery_code()
    slots = {"passphrase": _slot(key, passphrase), "recovery": _slot(key, _plain(code))}
    if in_keyring := secrets.put(office, wrapping):
        slots["keyring"] = _Slot(aes_key_wrap(wrapping, key))
    path.write_text(_text(office, slots), encoding="utf-8")
    return NewKeys(key, code, in_keyring)


def from_keyring(path: Path) -> bytes | None:
    """The key by way of the keyring; None where that is locked, absent or of another computer."""
    office, slots = _read(path)
    wrapping = secrets.get(office) if "keyring" in slots else None
    return _unwrap(wrapping, slots["keyring"]) if wrapping else None


def from_passphrase(path: Path, passphrase: str) -> bytes:
    """The key by passphrase or recovery code. Raises WrongPassphrase, NoSlots."""
    _, slots = _read(path)
    for name, secret in (("passphrase", passphrase), ("recovery", _plain(passphrase))):
        if name in slots and (key := _unwrap(_derive(secret, slots[name]), slots[name])):
            return key
    raise WrongPassphrase


def change_passphrase(path: Path, typed: str, passphrase: str) -> None:
    """Let another passphrase open it. ``typed``: what opens it now, also the recovery code.

    Raises WrongPassphrase, NoSlots, Invalid where the file cannot be written.
    """
    _renew(path, "passphrase", from_passphrase(path, typed), passphrase)


def change_recovery_code(path: Path, typed: str) -> str:
    """A new recovery code, to be printed once; the old one opens nothing any more. Raises as above."""
    code = _recovery_code()
    _renew(path, "recovery", from_passphrase(path, typed), _plain(code))
    return code


def _renew(path: Path, name: str, key: bytes, secret: str) -> None:
    office, slots = _read(path)
    write_whole(path, _text(office, {**slots, name: _slot(key, secret)}).encode())


def _read(path: Path) -> tuple[Uid, dict[str, _Slot]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise NoSlots
        return Uid(content["office"]), {name: _parsed(slot) for name, slot in content["slots"].items()}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoSlots from error


def _parsed(table: dict[str, str]) -> _Slot:
    """A slot as it was written. Raises ValueError, KeyError, TypeError."""
    wrapped, salt = bytes.fromhex(table["wrapped"]), bytes.fromhex(table.get("salt", ""))
    memory_kib, rounds, lanes = (int(table.get(name, 0)) for name in ("memory_kib", "rounds", "lanes"))
    return _Slot(wrapped, salt, memory_kib, rounds, lanes)


def _text(office: Uid, slots: dict[str, _Slot]) -> str:
    head = f'format = {FORMAT}\noffice = "{office}"\n'
    return head + "".join(_written(name, slot) for name, slot in slots.items())


def _written(name: str, slot: _Slot) -> str:
    lines = [f"\n[slots.{name}]"]
    for field, value in slot._asdict().items():
        if value:
            lines.append(f'{field} = "{value.hex() if isinstance(value, bytes) else value}"')
    return "\n".join(lines) + "\n"


def _slot(key: bytes, secret: str) -> _Slot:
    slot = _Slot(b"", os.urandom(16), MEMORY_KIB, ROUNDS, LANES)
    return slot._replace(wrapped=aes_key_wrap(_derive(secret, slot), key))


def _derive(secret: str, slot: _Slot) -> bytes:
    from argon2.exceptions import HashingError
    from argon2.low_level import Type, hash_secret_raw

    # The same letters may come composed or not, as the input method likes.
    typed = normalize("NFC", secret).encode()
    try:
        return hash_secret_raw(typed, slot.salt, slot.rounds, slot.memory_kib, slot.lanes, KEY_BYTES, Type.ID)
    except (HashingError, OverflowError) as error:  # numbers that nobody wrote
        raise NoSlots from error


def _unwrap(wrapping: bytes, slot: _Slot) -> bytes | None:
    try:
        return aes_key_unwrap(wrapping, slot.wrapped)
    except (InvalidUnwrap, ValueError):
        return None


def _recovery_code() -> str:
    letters = b32encode(os.urandom(16)).decode()
    groups = (letters[n * RECOVERY_GROUP : (n + 1) * RECOVERY_GROUP] for n in range(RECOVERY_GROUPS))
    return "-".join(groups)


_MISREAD = str.maketrans("018", "OIB")
"""Digits that no recovery code has, for the letters they were read for."""


def _plain(code: str) -> str:
    """A recovery code however it was typed: in capitals, full width or not, with or without signs between."""
    letters = filter(str.isalnum, normalize("NFKC", code))
    return "".join(letters).upper().translate(_MISREAD)
