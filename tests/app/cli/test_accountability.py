"""The verbs on accountability tables."""

import pytest

from app.accountability import NATIONAL
from tests.app.cli.desks import Desk

ADOPTED = ("--adopted-by", "泽政服发〔2025〕7号", "--valid-from", "2025-01-01")


@pytest.fixture
def published(desk: Desk) -> Desk:
    assert desk("accountability", "publish", str(NATIONAL), *ADOPTED)[0] == 0
    return desk


def test_nothing_is_shown_before_a_table_is_published(desk: Desk) -> None:
    assert desk("accountability", "show") == (
        0,
        "No accountability table is published yet: accountability publish FILE\n",
    )


def test_a_table_is_published_and_shown_with_its_notice(published: Desk) -> None:
    said = published("accountability", "show", language="zh_CN")[1]
    assert "仅供参考：是否处理、如何处理，由有权机关依法决定" in said
    assert "情节严重的：开除" in said and "公职人员政务处分法 第三十六条" in said
    assert "第二十七条" not in said  # not in force today
    assert published.json("verify")["findings"] == []


def test_what_concerns_an_item_on_a_day_is_shown(published: Desk) -> None:
    (table,) = published.json("accountability", "show", "--item", "service.rude", "--on", "2019-05-31")
    assert (table["id"], table["edition"], table["adopted_by"]) == ("national", 1, "泽政服发〔2025〕7号")
    (row,) = table["rows"]
    assert row["reference"] == "行政机关公务员处分条例 第二十八条"
    assert row["range"][0]["handling"] == ["warning", "demerit", "serious_demerit"]
    assert row["competent"] == ["appointing organ", "supervision organ"]
    (table,) = published.json("accountability", "show", "--item", "service.rude")
    assert [row["code"] for row in table["rows"]] == ["supervised", "rude"]


def test_an_item_or_day_that_is_none_is_refused(published: Desk) -> None:
    assert published("accountability", "show", "--item", "no.such")[0] == 2
    assert published("accountability", "show", "--on", "2025-13-01") == (
        2,
        "--on must be a date like 2025-01-01.\n",
    )


def test_a_table_is_checked(desk: Desk) -> None:
    status, said = desk("accountability", "check", str(NATIONAL))
    assert status == 0 and said.endswith("kinds of conduct; nothing is wrong with it.\n")
    wrong = NATIONAL.read_text(encoding="utf-8").replace('["dismissal"]', '["a fine"]', 1)
    status, said = desk("accountability", "check", desk.file("wrong.toml", wrong))
    assert status == 2 and "there is no “a fine”" in said


@pytest.mark.parametrize("day", ["2025-02-30", "soon", "2025"])
def test_the_day_from_which_it_holds_must_be_one(desk: Desk, day: str) -> None:
    adopted = ("--adopted-by", "泽政服发〔2025〕7号", "--valid-from", day)
    for verb in ("accountability", "scheme"):
        status, said = desk(verb, "publish", str(NATIONAL), *adopted)
        assert (status, said) == (2, "--valid-from must be a date like 2025-01-01.\n")


def test_only_who_may_publish_standards_may(desk: Desk) -> None:
    assert desk("accountability", "publish", str(NATIONAL), *ADOPTED, login="verifier")[0] == 2
