"""The operating system's keyring; nothing else imports ``keyring``."""

from models.types import Uid

SERVICE = "integrity-files"


def put(office: Uid, secret: str) -> bool:
    """Keep a secret of an office; False where no keyring answers."""
    import keyring
    from keyring.errors import KeyringError

    try:
        keyring.set_password(SERVICE, office, secret)
    except (KeyringError, RuntimeError):
        return False
    return True


def get(office: Uid) -> str | None:
    """The secret of an office; None where there is none or no keyring answers."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(SERVICE, office)
    except (KeyringError, RuntimeError):
        return None


def backend() -> str:
    """The name of the keyring that would be used, for the diagnosis."""
    import keyring

    return str(keyring.get_keyring().name)
