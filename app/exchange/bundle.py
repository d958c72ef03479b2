"""A file that goes to another office: one container, signed, that says itself what is in it.

A ZIP with these members (``docs/bundle.md`` says it in full):

    bundle.json      what it is: format, schema, offices, file, chain with its head, counts, and of every
                     other member its size and SHA-256; its own SHA-256 is the root hash on the paper
    bundle.sig       Ed25519 over the bytes of bundle.json, by the key that bundle.json names
    records.json     person, file and records as they stand, with the standards and accounts they refer to
    history.json     the chain: its commands, its events, and their contents with the salts
    evidence/UID     the bytes of each file of evidence

The same file gives the same bytes, so that a lost one can be made again and still fits the paper.
"""

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.errors import Invalid
from app.files import not_written
from app.words import tr
from models.database import SCHEMA
from models.ledger import canonical
from models.types import new_uid

FORMAT = 1
MANIFEST, SIGNATURE, RECORDS, HISTORY, EVIDENCE = (
    "bundle.json",
    "bundle.sig",
    "records.json",
    "history.json",
    "evidence/",
)
LARGEST_TEXT = 64 * 1024 * 1024
"""Bytes of a member that is read into memory: a file with some hundred entries has one."""
BLOCK = 1024 * 1024
_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a bundle."""

    about: Mapping[str, Any]
    """Offices, file and chain, as ``bundle.json`` says them."""
    records: bytes
    history: bytes
    evidence: Mapping[str, tuple[int, str]]
    """Size and SHA-256 by uid."""
    read: Callable[[str], Iterable[bytes]]
    """The bytes of a file of evidence."""

    def manifest(self, public: bytes) -> bytes:
        """``bundle.json``."""
        members = {name: _member(content) for name, content in self._texts()}
        members |= {
            EVIDENCE + uid: {"size": size, "sha256": digest} for uid, (size, digest) in self.evidence.items()
        }
        kind = {"format": FORMAT, "schema": SCHEMA, "key": public.hex(), "members": members}
        return canonical({**self.about, **kind})

    def _texts(self) -> tuple[tuple[str, bytes], ...]:
        return (RECORDS, self.records), (HISTORY, self.history)

    def write(self, path: Path, key: Ed25519PrivateKey) -> bytes:
        """Write the bundle, whole or not at all; its root hash. Raises Invalid."""
        manifest = self.manifest(key.public_key().public_bytes_raw())
        unfinished = path.with_name(f"{new_uid()}.part")
        try:
            with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
                for name, content in ((MANIFEST, manifest), (SIGNATURE, key.sign(manifest)), *self._texts()):
                    archive.writestr(_info(name), content)
                for uid in self.evidence:
                    with archive.open(_info(EVIDENCE + uid), "w") as member:
                        for part in self.read(uid):
                            member.write(part)
            unfinished.replace(path)
        except OSError as error:
            unfinished.unlink(missing_ok=True)
            raise not_written(path, error) from error
        return sha256(manifest).digest()


def _member(content: bytes) -> dict[str, object]:
    return {"size": len(content), "sha256": sha256(content).hexdigest()}


def _info(name: str) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name, _DATE)
    made.compress_type = zipfile.ZIP_STORED if name.startswith(EVIDENCE) else zipfile.ZIP_DEFLATED
    return made


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose signature and members were checked."""

    path: Path
    about: Mapping[str, Any]
    root: bytes
    public: bytes

    @property
    def fingerprint(self) -> str:
        """Of the key that signed it, as the paper shows it."""
        return fingerprint(self.public)

    def records(self) -> Mapping[str, Any]:
        """Person, file and records."""
        return _json(self._read(RECORDS))

    def history(self) -> Mapping[str, Any]:
        """Commands and events."""
        return _json(self._read(HISTORY))

    def _read(self, name: str) -> bytes:
        with _opened(self.path) as archive:
            return archive.read(name)

    @contextmanager
    def evidence(self, uid: str) -> Iterator[IO[bytes]]:
        """The bytes of a file of evidence."""
        with _opened(self.path) as archive, archive.open(EVIDENCE + uid) as member:
            yield member


def fingerprint(public: bytes) -> str:
    """The first twenty hexadecimal digits of the SHA-256 of a public key, in fours: what people compare."""
    digits = sha256(public).hexdigest()[:20].upper()
    return " ".join(digits[n : n + 4] for n in range(0, 20, 4))


def same_fingerprint(typed: str, shown: str) -> bool:
    """Whether what was typed is this fingerprint, however it is spaced."""
    return "".join(typed.split()).upper() == "".join(shown.split())


def read_bundle(path: Path) -> Bundle:
    """A bundle with its signature and every member checked. Raises Invalid in one sentence."""
    with _opened(path) as archive:
        if MANIFEST not in archive.namelist() or archive.getinfo(MANIFEST).file_size > LARGEST_TEXT:
            raise Invalid(
                tr("{name} is no bundle of an integrity file. Choose another.").format(name=path.name)
            )
        manifest = archive.read(MANIFEST)
        about = _json(manifest)
        if about.get("format") != FORMAT or str(about.get("schema", "")) > SCHEMA:
            sentence = tr("A newer version of the program made this bundle. Bring this one up to date first.")
            raise Invalid(sentence)
        public = _checked_signature(archive, manifest, about)
        _check_members(archive, about["members"])
    return Bundle(path, about, sha256(manifest).digest(), public)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except OSError as error:
        sentence = tr("{name} cannot be read. Check that the disk is there, then choose it again.")
        raise Invalid(sentence.format(name=path.name)) from error
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, RuntimeError, NotImplementedError) as error:
        raise altered() from error


def altered() -> Invalid:
    """The refusal of a bundle that is not as it was signed."""
    return Invalid(
        tr("The bundle was altered on its way, or is damaged. Ask the other office for another copy.")
    )


def _json(content: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(content)
    except ValueError as error:
        raise altered() from error
    if not isinstance(found, dict):
        raise altered()
    return found


def _checked_signature(archive: zipfile.ZipFile, manifest: bytes, about: Mapping[str, Any]) -> bytes:
    try:
        public = bytes.fromhex(about["key"])
        Ed25519PublicKey.from_public_bytes(public).verify(archive.read(SIGNATURE), manifest)
    except (InvalidSignature, KeyError, ValueError, TypeError) as error:
        raise altered() from error
    return public


def _check_members(archive: zipfile.ZipFile, members: Any) -> None:
    """Exactly those that are named, each of its size and hash."""
    names = archive.namelist()
    if not isinstance(members, dict) or sorted(names) != sorted({MANIFEST, SIGNATURE, *members}):
        raise altered()
    for name, said in members.items():
        size = archive.getinfo(name).file_size
        if size != said["size"] or (not name.startswith(EVIDENCE) and size > LARGEST_TEXT):
            raise altered()
        found = sha256()
        with archive.open(name) as member:
            while block := member.read(BLOCK):
                found.update(block)
        if found.hexdigest() != said["sha256"]:
            raise altered()
