"""What this desk remembers of the window: its size, the columns of its tables. One text in the settings."""

import json
from dataclasses import replace

from app.settings import load_settings, save_settings


def recall(key: str) -> str:
    """What was remembered under ``key``, empty where nothing was."""
    return _kept().get(key, "")


def remember(key: str, value: str) -> None:
    """Remember ``value``, over sessions."""
    kept = _kept()
    if kept.get(key, "") != value:
        save_settings(replace(load_settings(), layout=json.dumps(kept | {key: value})))


def _kept() -> dict[str, str]:
    """Read anew each time: another window of this desk may have written meanwhile."""
    try:
        found = json.loads(load_settings().layout or "{}")
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
