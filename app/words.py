"""One catalogue of translations for window, command line, errors and print.

Source strings are English and stand in the code as literals, so that
``pybabel extract`` finds them; the Chinese is in ``resources/i18n``. Qt's own
``tr`` would leave out everything below the window, and ``app`` is without Qt.
"""

import gettext
from collections.abc import Callable, Iterable
from functools import reduce
from pathlib import Path

LANGUAGES = ("zh_CN", "en")

_CATALOGUES = Path(__file__).parent.parent / "resources" / "i18n"


def _open(language: str) -> gettext.NullTranslations:
    return gettext.translation("integrity_files", _CATALOGUES, [language], fallback=True)


_spoken = ("en", _open("en"))


def use(language: str) -> None:
    """Speak ``language`` (one of LANGUAGES) from now on, in the whole process."""
    global _spoken
    _spoken = (language, _open(language))


def in_use() -> str:
    """The language spoken."""
    return _spoken[0]


def tr(message: str) -> str:
    """The message in the language in use. Fill its places with ``.format`` afterwards."""
    return _spoken[1].gettext(message)


def ntr(singular: str, plural: str, n: int) -> str:
    """The form of the message for ``n`` things, in the language in use."""
    return _spoken[1].ngettext(singular, plural, n)


def listed(parts: Iterable[str]) -> str:
    """Things one after the other, as the language in use lists them; empty for none."""
    pair = tr("{first}, {second}")
    return reduce(
        lambda first, second: pair.format(first=first, second=second) if first else second, parts, ""
    )


def mark(message: str) -> str:
    """Marks a literal for the catalogue without translating it yet, as in tables of labels."""
    return message


def translator(language: str) -> Callable[[str], str]:
    """``tr`` of one language, whatever is in use: a form may be printed in another one."""
    return _open(language).gettext
