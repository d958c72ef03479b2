"""The key of an office and its slots: passphrase, recovery code, keyring."""

from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest

from app import keys, secrets
from models.types import Uid, new_uid

PASSPHRASE = "correct horse battery"


class BrokenKeyring(keyring.backend.KeyringBackend):
    """A keyring that fails in the way it was told to."""

    priority = 1

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error

    set_password = delete_password = get_password  # type: ignore[assignment]


class ForgetfulKeyring(keyring.backend.KeyringBackend):
    """A keyring that takes everything and keeps nothing, as keyring's null back-end does."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        return None

    def set_password(self, service: str, username: str, password: str) -> None: ...


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "office.keys"


@pytest.fixture
def office() -> Uid:
    return new_uid()


@pytest.fixture
def made(path: Path, office: Uid) -> keys.NewKeys:
    return keys.create(path, office, PASSPHRASE)


def test_passphrase_recovery_code_and_keyring_give_the_same_key(path: Path, made: keys.NewKeys) -> None:
    assert made.in_keyring and len(made.key) == keys.KEY_BYTES
    assert keys.from_passphrase(path, PASSPHRASE) == made.key
    assert keys.from_passphrase(path, made.recovery_code) == made.key
    assert keys.from_keyring(path) == made.key


def test_another_passphrase_and_another_recovery_code_take_the_place_of_theirs(
    path: Path, made: keys.NewKeys
) -> None:
    keys.change_passphrase(path, made.recovery_code, "another passphrase")
    code = keys.change_recovery_code(path, "another passphrase")
    assert keys.from_keyring(path) == made.key
    assert {keys.from_passphrase(path, one) for one in ("another passphrase", code)} == {made.key}
    for gone in (PASSPHRASE, made.recovery_code):
        with pytest.raises(keys.WrongPassphrase):
            keys.from_passphrase(path, gone)
    written = path.read_bytes()
    with pytest.raises(keys.WrongPassphrase):
        keys.change_passphrase(path, PASSPHRASE, "a third passphrase")
    assert path.read_bytes() == written


def test_the_bare_key_lies_nowhere(path: Path, office: Uid, made: keys.NewKeys) -> None:
    assert made.key.hex() not in path.read_text(encoding="utf-8")
    assert secrets.get(office) != made.key


@pytest.mark.parametrize("typed", ["", "correct horse batter", "CORRECT HORSE BATTERY", PASSPHRASE + " "])
def test_another_passphrase_opens_nothing(path: Path, made: keys.NewKeys, typed: str) -> None:
    with pytest.raises(keys.WrongPassphrase):
        keys.from_passphrase(path, typed)


def test_a_passphrase_may_be_typed_composed_or_not(path: Path, office: Uid) -> None:
    made = keys.create(path, office, "caf\u00e9 \u8bda\u4fe1\u6863\u6848")
    assert keys.from_passphrase(path, "cafe\u0301 \u8bda\u4fe1\u6863\u6848") == made.key


@pytest.mark.parametrize(
    "spelling",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: f"  {code}\n",
        lambda code: code.replace("-", "－"),
        lambda code: code.replace("-", "—"),
        lambda code: "".join(chr(ord(letter) + 0xFEE0) for letter in code),
        lambda code: code.replace("O", "0").replace("I", "1").replace("B", "8"),
    ],
    ids=["small", "joined", "spaced", "padded", "wide hyphen", "dash", "full width", "misread"],
)
def test_the_recovery_code_opens_in_any_spelling(path: Path, made: keys.NewKeys, spelling) -> None:
    assert keys.from_passphrase(path, spelling(made.recovery_code)) == made.key


def test_recovery_codes_have_five_groups_and_differ(path: Path, office: Uid) -> None:
    codes = {keys.create(path, office, PASSPHRASE).recovery_code for _ in range(3)}
    assert len(codes) == 3
    assert all([len(group) for group in code.split("-")] == [5] * 5 for code in codes)


@pytest.mark.parametrize(
    "backend",
    [
        BrokenKeyring(keyring.errors.NoKeyringError()),
        BrokenKeyring(keyring.errors.KeyringLocked()),
        BrokenKeyring(RuntimeError("no D-Bus")),
        BrokenKeyring(ConnectionError("the bus is gone")),
        BrokenKeyring(type("DBusErrorResponse", (Exception,), {})()),
        ForgetfulKeyring(),
    ],
    ids=["none", "locked", "runtime", "connection", "its own", "forgetful"],
)
def test_without_a_keyring_the_passphrase_is_left(
    path: Path, office: Uid, backend: keyring.backend.KeyringBackend
) -> None:
    keyring.set_keyring(backend)
    made = keys.create(path, office, PASSPHRASE)
    assert not made.in_keyring
    assert keys.from_keyring(path) is None
    assert keys.from_passphrase(path, PASSPHRASE) == made.key
    secrets.forget(office)


@pytest.mark.parametrize("kept", ["", "not hexadecimal", "ab", "00" * 32])
def test_a_keyring_that_keeps_something_else_gives_no_key(
    path: Path, office: Uid, made: keys.NewKeys, kept: str
) -> None:
    keyring.set_password(secrets.SERVICE, office, kept)
    assert keys.from_keyring(path) is None


def test_another_computer_has_no_key(path: Path, office: Uid, made: keys.NewKeys) -> None:
    secrets.forget(office)
    assert keys.from_keyring(path) is None


def spoiled(text: str, place: str, value: str) -> str:
    """The file with one value replaced."""
    return "\n".join(
        f"{place} = {value}" if line.partition(" = ")[0] == place else line for line in text.splitlines()
    )


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("format", "2"),
        ("wrapped", '"zz"'),
        ("wrapped", "5"),
        ("salt", '"ab"'),
        ("rounds", '"many"'),
        ("rounds", '"0"'),
        ("lanes", '"-1"'),
    ],
)
def test_a_damaged_file_is_told_from_a_wrong_passphrase(
    path: Path, made: keys.NewKeys, place: str, value: str
) -> None:
    path.write_text(spoiled(path.read_text(encoding="utf-8"), place, value), encoding="utf-8")
    with pytest.raises(keys.NoSlots):
        keys.from_passphrase(path, PASSPHRASE)


@pytest.mark.parametrize(
    "content", [b"", b"junk \xff\xfe", b"format = 1", b"[slots]\n", b"format = 1\nslots = 3\n"]
)
def test_what_holds_no_slots_is_no_file_of_keys(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for ask in (lambda: keys.from_passphrase(path, PASSPHRASE), lambda: keys.from_keyring(path)):
        with pytest.raises(keys.NoSlots):
            ask()


def test_a_missing_file_holds_no_slots(path: Path) -> None:
    with pytest.raises(keys.NoSlots):
        keys.from_passphrase(path, PASSPHRASE)
