"""The operating system's keyring; nothing else imports ``keyring``."""

from collections.abc import Callable
from typing import TypeVar

from models.types import Uid

SERVICE = "integrity-files"

T = TypeVar("T")


def put(office: Uid, secret: bytes) -> bool:
    """Keep a secret of an office; False where no keyring keeps it."""
    import keyring

    _answer(lambda: keyring.set_password(SERVICE, office, secret.hex()))
    return get(office) == secret


def get(office: Uid) -> bytes | None:
    """The secret of an office; None where there is none or no keyring answers."""
    import keyring

    kept = _answer(lambda: keyring.get_password(SERVICE, office))
    return _answer(lambda: bytes.fromhex(kept)) if kept else None


def forget(office: Uid) -> None:
    """Let go of the secret of an office, where there is one."""
    import keyring

    _answer(lambda: keyring.delete_password(SERVICE, office))


def backend() -> str:
    """The name of the keyring that would be used, for the diagnosis."""
    import keyring

    return str(keyring.get_keyring().name)


def _answer(question: Callable[[], T]) -> T | None:
    try:
        return question()
    except Exception:  # each system's keyring raises what it likes: D-Bus, Win32, plain RuntimeError
        return None
