"""The lists that are measured with: real ones where they lie beside the checkout, else such as these."""

import csv
import gzip
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

REAL = Path(__file__).parents[3] / "shared" / "data" / "conduct"
MAPPINGS = Path(__file__).parent / "mappings"
PEOPLE, COMMENDATIONS, COMPLAINTS = 37_052, 72_167, 125_581

Rows = Iterator[list[str]]


def lists(folder: Path, scale: float) -> dict[str, Path]:
    """Roster, commendations and complaints of ``scale`` times their size, as .csv.gz in a folder.

    The records of people who are not in a shortened roster are left out, so that all of them count.
    """
    made = {name: folder / f"{name}.csv.gz" for name in ("roster", "commendations", "complaints")}
    people = list(_shortened("roster", PEOPLE, scale))
    known = {row[0] for row in people}
    _write(made["roster"], iter(people))
    for name in ("commendations", "complaints"):
        rows = _real(name) if REAL.is_dir() else _made(name, scale, sorted(known))
        _write(made[name], (row for row in rows if row[0] in known or row[0] == "staff_no"))
    return made


def mapping(name: str) -> str:
    """The mapping of a list."""
    return (MAPPINGS / f"{name}.toml").read_text(encoding="utf-8")


def _shortened(name: str, size: int, scale: float) -> Rows:
    rows = _real(name) if REAL.is_dir() else _made(name, scale, [])
    return islice(rows, 1 + round(size * scale))


def _real(name: str) -> Rows:
    with gzip.open(REAL / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        yield from csv.reader(file)


def _write(path: Path, rows: Rows) -> None:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _made(name: str, scale: float, known: list[str]) -> Rows:
    """A list of the same columns and about the same mixture, the same every time."""
    dice = random.Random(name)
    if name == "roster":
        yield ["staff_no", "name", "unit", "rank", "birth_year", "appointed", "left"]
        for number in range(round(PEOPLE * scale)):
            left = "" if dice.random() < 0.4 else _date(dice, 2000, 2017)
            unit = f"DISTRICT {dice.randrange(200):03}"
            yield [
                f"P{number:09}",
                name_of(dice),
                unit,
                "POLICE OFFICER",
                "1970",
                _date(dice, 1970, 1999),
                left,
            ]
    elif name == "commendations":
        yield ["staff_no", "tracking_no", "award", "awarded_on", "requested_on", "status"]
        for number in range(round(COMMENDATIONS * scale)):
            status = "FINAL" if dice.random() < 0.56 else "DELETED"
            day = _date(dice, 2015, 2018)
            yield [dice.choice(known), f"JB{number}", "HONORABLE MENTION", day, day, status]
    else:
        yield [
            *("staff_no", "case_no", "incident_on", "complained_on", "closed_on"),
            *("category", "finding", "penalty", "agency", "complainant"),
        ]
        for number in range(round(COMPLAINTS * scale)):
            day = _date(dice, 2000, 2016)
            finding = "SU" if dice.random() < 0.065 else "NS"
            penalty = "100.0" if finding == "SU" else "600.0"
            kind = "10J-NEGLECT OF DUTY/CONDUCT UNBECOMING - ON DUTY"
            yield [
                dice.choice(known),
                str(259000 + number),
                day,
                day,
                "2018-01-01",
                kind,
                finding,
                penalty,
                "",
                "",
            ]


def _date(dice: random.Random, first: int, last: int) -> str:
    return f"{dice.randint(first, last)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"


def name_of(dice: random.Random) -> str:
    """A name such as people have."""
    return dice.choice("王李张刘陈杨赵黄周吴徐孙胡朱高") + "".join(
        dice.choices("伟芳娜敏静丽强磊军洋勇艳杰涛明", k=2)
    )
