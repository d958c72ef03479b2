"""A keyring for processes that are measured: it keeps its secrets in a file that the environment names."""

import json
import os
from pathlib import Path

import keyring.backend


class KeyringInFile(keyring.backend.KeyringBackend):
    """For measurement only."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        found = self._read().get(f"{service}/{username}")
        return str(found) if found else None

    def set_password(self, service: str, username: str, password: str) -> None:
        self._path().write_text(json.dumps({**self._read(), f"{service}/{username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        kept = self._read()
        del kept[f"{service}/{username}"]
        self._path().write_text(json.dumps(kept))

    def _path(self) -> Path:
        return Path(os.environ["KEYRING_FILE"])

    def _read(self) -> dict[str, str]:
        return dict(json.loads(self._path().read_text())) if self._path().exists() else {}
