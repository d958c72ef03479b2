"""What a file is, whatever its name says: the kind of its content, and its encoding."""

import codecs
import gzip
import io
import zipfile
from pathlib import Path

from app.errors import Invalid
from app.words import mark, tr

SUFFIXES = (".csv", ".csv.gz", ".xls", ".xlsx")
"""The kinds of lists that can be read."""

CHUNK = 1 << 18
"""Bytes read at a time."""


def suffix_of(path: Path) -> str:
    """The one of SUFFIXES that the name ends in. Raises Invalid for any other name."""
    name = path.name.lower()
    for suffix in SUFFIXES:
        if name.endswith(suffix):
            return suffix
    raise Invalid(
        tr("{name} is not a list that can be read. Save it as .xlsx or .csv first.").format(name=path.name)
    )


_EXPECTED = {".csv": "text", ".csv.gz": "gzip", ".xls": "old workbook", ".xlsx": "workbook"}
_CALLED = {
    "workbook": mark("an Excel workbook of the kind .xlsx"),
    "old workbook": mark("an old Excel workbook of the kind .xls, or one with a password"),
    "zip": mark("a packed archive or another kind of document"),
    "gzip": mark("a file packed with gzip"),
    "pdf": mark("a PDF document"),
    "markup": mark("a web page or XML"),
    "binary": mark("neither a text nor a workbook"),
    "text": mark("plain text"),
}


def check_content(path: Path, suffix: str) -> None:
    """Raise Invalid where the first bytes of the file are not what its suffix promises."""
    content = _content(path)
    if content == "gzip" and suffix == ".csv.gz":
        with gzip.open(path) as packed:
            content = _kind_of(packed.read(4096))
        content = "gzip" if content == "text" else content
    if content == "nothing":
        raise Invalid(tr("{name} is empty. Choose another file.").format(name=path.name))
    if content != _EXPECTED[suffix]:
        sentence = _another() if content in ("zip", "pdf", "binary") else _saved_anew()
        raise Invalid(sentence.format(name=path.name, content=tr(_CALLED[content])))


def _saved_anew() -> str:
    return tr(
        "{name} is not what its name says: its content is {content}. "
        "Open it in a spreadsheet and save it as .xlsx, then import that."
    )


def _another() -> str:
    return tr(
        "{name} is not what its name says: its content is {content}. "
        "Choose the list itself, as .xlsx, .xls or .csv."
    )


def _content(path: Path) -> str:
    with path.open("rb") as file:
        content = _kind_of(file.read(4096))
    if content == "zip" and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return "workbook" if "xl/workbook.xml" in archive.namelist() else "zip"
    return "workbook" if content == "zip" and path.suffix.lower() == ".xlsx" else content


_SIGNATURES = {
    b"PK\x03\x04": "zip",
    b"PK\x05\x06": "zip",
    b"\xd0\xcf\x11\xe0": "old workbook",
    b"\x09\x08": "old workbook",
    b"\x09\x04": "old workbook",
    b"\x09\x02": "old workbook",
    b"\x1f\x8b": "gzip",
    b"%PDF": "pdf",
}


def _kind_of(start: bytes) -> str:
    for signature, kind in _SIGNATURES.items():
        if start.startswith(signature):
            return kind
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "text"
    text = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if not text:
        return "nothing"
    if text[:5].lower() in (b"<html", b"<!doc", b"<?xml", b"<tabl", b"<meta"):
        return "markup"
    return "binary" if b"\0" in start else "text"


def open_bytes(path: Path) -> gzip.GzipFile | io.BufferedReader:
    """The bytes of the list, unpacked."""
    return gzip.GzipFile(path) if path.suffix.lower() == ".gz" else path.open("rb")


def encoding_of(path: Path) -> str:
    """UTF-8 or GB18030, whichever the whole file is without a single wrong byte."""
    with open_bytes(path) as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
    for encoding in ("utf-8", "gb18030"):
        if _decodes(path, encoding):
            return encoding
    sentence = tr(
        "{name} is a text in an encoding other than UTF-8 and GB18030. "
        "Open it in a spreadsheet and save it as .xlsx, then import that."
    )
    raise Invalid(sentence.format(name=path.name))


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with open_bytes(path) as file:
        try:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", True)
        except UnicodeDecodeError:
            return False
    return True
