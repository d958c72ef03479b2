"""The mappings of the benchmark, on small lists of the same shape."""

import csv
import gzip
import tomllib
from pathlib import Path

import pytest

from app.exchange.binding import Lookups
from app.exchange.judge import judge
from app.exchange.mapping import dump_mapping, parse_mapping, unmentioned
from app.exchange.tables import read_table
from models.types import Day

ROOT = Path(__file__).parents[3]
ITEMS = tomllib.loads((ROOT / "resources/schemes/national-baseline.toml").read_text("utf-8"))["items"]
OFFICE = Lookups({"P1": "王丽"}, {item["code"]: item["code"] for item in ITEMS}, Day(20251218))

LISTS = {
    "roster": (
        ["staff_no", "name", "unit", "rank", "birth_year", "appointed", "left"],
        {
            ("P2", "张三", "G/C UNIT", "SERGEANT", "1971", "2005-09-26", ""): "person",
            ("P3", "李四", "", "UNKNOWN", "1942", "", "2004-02-15"): "person",
            ("P4", "赵五", "UNIT 1", "CHIEF", "1942", "2005-02-15", "2004-02-15"): "rejected",
        },
    ),
    "commendations": (
        ["staff_no", "tracking_no", "award", "awarded_on", "requested_on", "status"],
        {
            ("P1", "", "COMPLIMENTARY LETTER", "2017-12-20", "2018-01-18", "FINAL"): "entry praise.letter",
            ("P1", "J1", "POLICE MEDAL", "2017-12-20", "2018-01-18", "FINAL"): "entry honour.named",
            ("P1", "J1", "POLICE MEDAL", "2017-12-20", "2018-01-18", "DELETED"): "left_out",
            ("P1", "J2", "SOMETHING NEW", "2017-12-20", "2018-01-18", "FINAL"): "rejected",
            ("P1", "J2", "SOMETHING NEW", "2017-12-20", "2018-01-18", "PRELIMINARY"): "left_out",
            ("P1", "J2", "SOMETHING NEW", "2017-12-20", "2018-01-18", "LOST"): "rejected",
        },
    ),
    "complaints": (
        [
            "staff_no", "case_no", "incident_on", "complained_on", "closed_on", "category", "finding",
            "penalty", "agency", "complainant",
        ],
        {
            ("SU", "100.0"): "entry handling.circulated",
            ("SU", "3.0"): "entry sanction.warning",
            ("SU", "15.0"): "entry sanction.demerit",
            ("SU", "200.0"): "entry sanction.serious_demerit",
            ("SU", "400.0"): "entry sanction.dismissal",
            ("SU", "600.0"): "entry service.rude",
            ("SU", ""): "entry service.rude",
            ("NS", "100.0"): "lead unsubstantiated not sustained",
            ("NAF", "600.0"): "lead unsubstantiated no affidavit",
            ("DIS", ""): "lead unsubstantiated discharged",
            ("", ""): "lead open ",
        },
    ),
}  # fmt: skip


def placed(row):
    record = row.record
    if row.placement == "entry":
        return f"entry {record.item}"
    return f"lead {record.status} {record.outcome}" if row.placement == "lead" else row.placement.value


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_the_same_shape_is_placed_as_its_mapping_says(tmp_path, name):
    columns, rows = LISTS[name]
    path = tmp_path / f"{name}.csv.gz"
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            case = ("P1", "1", "2000-01-01", "2000-01-02", "2001-01-26", "01A-USE OF PROFANITY", *row, "", "")
            writer.writerow(case if name == "complaints" else row)
    mapping = parse_mapping((ROOT / f"tests/benchmarks/mappings/{name}.toml").read_text("utf-8"))
    assert parse_mapping(dump_mapping(mapping)) == mapping
    table = read_table(path)
    assert unmentioned(mapping, table.columns) == ()
    judged = list(judge(table, mapping, OFFICE))
    assert [placed(row) for row in judged] == list(rows.values())
    assert len({row.identity for row in judged}) == len(rows)
