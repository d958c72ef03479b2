"""What a desk remembers: no secrets, no personal data. A TOML file in the user's configuration folder."""

import json
import os
import tomllib
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

import platformdirs

PROGRAM = "integrity-files"
PASSPHRASE, PASSWORD = "INTEGRITY_FILES_PASSPHRASE", "INTEGRITY_FILES_PASSWORD"
"""Where the environment may hold the passphrase of the office and the password of the account."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of this desk."""

    language: str = "zh_CN"
    theme: str = "system"
    """``system``, ``light`` or ``dark``."""
    office: str = ""
    """Folder or URL of the office opened last."""
    login: str = ""
    """Account that signed in last."""
    layout: str = ""
    """Sizes and columns of the window, as the window wrote them."""


def settings_path() -> Path:
    """Where the settings lie; ``INTEGRITY_FILES_HOME`` moves them, for tests and kiosks."""
    home = os.environ.get("INTEGRITY_FILES_HOME")
    folder = Path(home) if home else platformdirs.user_config_path(PROGRAM, appauthor=False)
    return folder / "settings.toml"


def log_folder() -> Path:
    """Where the log lies."""
    home = os.environ.get("INTEGRITY_FILES_HOME")
    return Path(home) if home else platformdirs.user_log_path(PROGRAM, appauthor=False)


def load_settings() -> Settings:
    """The settings of this desk; what cannot be read is as if never set."""
    try:
        found = tomllib.loads(settings_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    known = {field.name for field in fields(Settings)}
    return replace(Settings(), **{name: str(value) for name, value in found.items() if name in known})


def save_settings(settings: Settings) -> None:
    """Keep the settings; a folder that cannot be written loses them, and nothing else."""
    # A JSON string is a TOML string too.
    lines = [
        f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in asdict(settings).items()
    ]
    path = settings_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(lines), encoding="utf-8")
    except OSError:
        return
