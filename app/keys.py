"""The one key of an embedded office, and the slots that each open it.

``office.keys`` lies beside the database. It holds the key only wrapped (AES key wrap, RFC 3394):
by a random key that the operating system's keyring keeps, by a passphrase, by a recovery code.
"""

import os
import tomllib
from base64 import b32encode
from dataclasses import dataclass
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from app import secrets
from models.types import Uid

FORMAT = 1
KEY_BYTES = 32
MEMORY_KIB, ROUNDS, LANES = 64 * 1024, 3, 4  # the second choice of RFC 9106, for desks with little memory
RECOVERY_GROUPS, RECOVERY_GROUP = 5, 5  # 125 random bits


class WrongPassphrase(Exception):
    """Neither the passphrase nor the recovery code opens a slot."""


class NoSlots(Exception):
    """``office.keys`` is missing or is not ours."""


@dataclass(frozen=True, slots=True)
class NewKeys:
    """A key made for a new office."""

    key: bytes
    recovery_code: str
    """To be printed once and shown never again."""
    in_keyring: bool


def create(path: Path, office: Uid, passphrase: str) -> NewKeys:
    """Make the key of a new office and write its slots to ``path``."""
    key, code = os.urandom(KEY_BYTES), _recovery_code()
    in_keyring = secrets.put(office, os.urandom(KEY_BYTES).hex())
    slots = [_slot("passphrase", key, passphrase), _slot("recovery", key, _plain(code))]
    if in_keyring and (wrapping := secrets.get(office)):
        slots.insert(0, _entry("keyring", wrapped=aes_key_wrap(bytes.fromhex(wrapping), key)))
    path.write_text(f'format = {FORMAT}\noffice = "{office}"\n' + "".join(slots), encoding="utf-8")
    return NewKeys(key, code, in_keyring)


def from_keyring(path: Path) -> bytes | None:
    """The key by way of the keyring; None where that is locked, absent or of another computer."""
    office, slots = _read(path)
    wrapping = secrets.get(office) if "keyring" in slots else None
    return _unwrap(bytes.fromhex(wrapping), slots["keyring"]) if wrapping else None


def from_passphrase(path: Path, passphrase: str) -> bytes:
    """The key by passphrase or recovery code. Raises WrongPassphrase, NoSlots."""
    _, slots = _read(path)
    for name, secret in (("passphrase", passphrase), ("recovery", _plain(passphrase))):
        if name in slots and (key := _unwrap(_derive(secret, slots[name]), slots[name])):
            return key
    raise WrongPassphrase


def _read(path: Path) -> tuple[Uid, dict[str, dict[str, str]]]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise NoSlots
        return Uid(content["office"]), content["slots"]
    except (OSError, ValueError, KeyError) as error:
        raise NoSlots from error


def _slot(name: str, key: bytes, secret: str) -> str:
    salt = os.urandom(16)
    parameters = {"salt": salt.hex(), "memory_kib": MEMORY_KIB, "rounds": ROUNDS, "lanes": LANES}
    return _entry(name, wrapped=aes_key_wrap(_derive(secret, parameters), key), **parameters)


def _entry(name: str, *, wrapped: bytes, **parameters: object) -> str:
    lines = [f'\n[slots.{name}]\nwrapped = "{wrapped.hex()}"\n']
    lines += [f'{key} = "{value}"\n' for key, value in parameters.items()]
    return "".join(lines)


def _derive(secret: str, slot: dict[str, object] | dict[str, str]) -> bytes:
    rounds, memory, lanes = (int(str(slot[name])) for name in ("rounds", "memory_kib", "lanes"))
    salt = bytes.fromhex(str(slot["salt"]))
    return hash_secret_raw(secret.encode(), salt, rounds, memory, lanes, KEY_BYTES, Type.ID)


def _unwrap(wrapping: bytes, slot: dict[str, str]) -> bytes | None:
    try:
        return aes_key_unwrap(wrapping, bytes.fromhex(slot["wrapped"]))
    except InvalidUnwrap:
        return None


def _recovery_code() -> str:
    letters = b32encode(os.urandom(16)).decode()
    groups = (letters[n * RECOVERY_GROUP : (n + 1) * RECOVERY_GROUP] for n in range(RECOVERY_GROUPS))
    return "-".join(groups)


def _plain(code: str) -> str:
    """A recovery code however it was typed: without spaces and hyphens, in capitals."""
    return code.replace("-", "").replace(" ", "").upper()
