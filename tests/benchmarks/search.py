"""What the search box asks at each key, against the same index queries through the bare driver.

A city of 100,000 people and 1.5 million entries on encrypted SQLite. Each beginning of each typical query
is asked on both sides; the bare side asks each index for as many rows, and no more than the columns shown.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.context import AppContext
from app.queries.finding import MOST, find_entries, find_people
from app.queries.people import END, search_keys_of
from models.bulk import stream
from models.conduct import Entry
from models.words import index_words, pairs
from tests.benchmarks.city import furnish
from tests.benchmarks.grade_office import PEOPLE, STANDARD
from tests.benchmarks.measure import empty_office, made_apart, report

ROUNDS, PART = 20, 5_000
WORDS = """
服务 工作 办理 群众 单位 窗口 材料 审批 业务 会议 记录 项目 责任 时限 承诺 超时 办结 论文 发表 表扬 投诉
整改 督查 考核 先进 优秀 个人 集体 抢险 救灾 扶贫 驻村 信访 热线 缺席 迟到 早退 通报 批评 警告 处分 诫勉 谈话
锦旗 感谢 拾金不昧 见义勇为 首问负责 一次告知 限时办结 推诿扯皮 态度生硬 吃拿卡要 擅离职守 玩忽职守
"""
PEOPLE_TYPED = ("王伟芳", "高明", "wangweifang", "gaoming", "lxj", "zq", "012345", "0999")
FACTS_TYPED = ("论文", "超时办结", "拾金不昧", "窗口服务", "玩忽职守 通报", "一次告知")
DOCUMENTS_TYPED = ("泽政〔2025〕1234号",)

PERSON = """
SELECT p.staff_no, p.name, d.name, p.post FROM people p JOIN departments d ON d.id = p.department_id
WHERE p.{key} >= ? AND p.{key} < ? AND p.left_on IS {left} ORDER BY p.{key}, p.id LIMIT ?
"""
ENTRY = """
SELECT e.uid, p.staff_no, p.name, i.name_zh, i.name_en, i.polarity, e.status, e.occurred_on, e.document_no,
       e.facts
FROM {table} JOIN items i ON i.id = e.item_id JOIN integrity_files f ON f.id = e.file_id
JOIN people p ON p.id = f.person_id
WHERE {condition} LIMIT ?
"""
BY_DOCUMENT = ENTRY.format(
    table="entries e", condition="e.document_no >= ? AND e.document_no < ? ORDER BY e.document_no"
)
BY_WORDS = ENTRY.format(
    table="entry_words w JOIN entries e ON e.id = w.rowid",
    condition="w.words MATCH ? ORDER BY w.rowid DESC",
)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--keep", default="", help="a folder in which the city stays, and is found again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        office = made_apart(_make, Path(given.keep or name) / "office", given.scale)
        officer = office.as_("officer")
        connection: Any = office.database.engine.raw_connection()
        for what, typed, ours, bare in (
            ("people", PEOPLE_TYPED, find_people, _bare_people),
            ("words in facts", FACTS_TYPED, find_entries, _bare_entries),
            ("document numbers", DOCUMENTS_TYPED, find_entries, _bare_entries),
        ):
            _compare(what, [*_keystrokes(typed)], _asking(officer, ours), _asking_bare(connection, bare))
        connection.close()
        office.database.close()


def _compare(
    what: str, typed: Sequence[str], ours: Callable[[str], object], bare: Callable[[str], object]
) -> None:
    """Each keystroke on either side, the quickest of a few rounds."""
    took = [[min(_took(ask, text) for _ in range(ROUNDS)) for ask in (ours, bare)] for text in typed]
    mine, least = (sum(one[side] for one in took) for side in (0, 1))
    slowest, text = max((one[0], text) for one, text in zip(took, typed, strict=True))
    detail = (
        f"at most 4; {len(typed)} keystrokes, {mine / len(typed) * 1000:.2f} ms each against "
        f"{least / len(typed) * 1000:.2f} ms; slowest {slowest * 1000:.1f} ms for “{text}”"
    )
    report(f"search {what}", mine / least, detail)


def _took(ask: Callable[[str], object], text: str) -> float:
    """How long one keystroke takes. Garbage is not collected in between: it is one of thousands a day."""
    start = time.perf_counter()
    ask(text)
    return time.perf_counter() - start


def _keystrokes(typed: Sequence[str]) -> Iterator[str]:
    return (text[:end] for text in typed for end in range(1, len(text) + 1))


def _asking(officer: AppContext, query: Callable[..., object]) -> Callable[[str], object]:
    return lambda text: officer.ask(query, text)


def _asking_bare(connection: Any, ask: Callable[[Any, str], object]) -> Callable[[str], object]:
    return lambda text: ask(connection, text)


def _bare_people(connection: Any, text: str) -> object:
    found: list[Any] = []
    for left in ("NULL", "NOT NULL"):
        for key, begins in search_keys_of(text).items():
            question = PERSON.format(key=key, left=left)
            found += connection.execute(question, (begins, begins + END, MOST)).fetchall()
        if len(found) >= MOST:
            break
    return found


def _bare_entries(connection: Any, text: str) -> object:
    rows = connection.execute(BY_DOCUMENT, (text, text + END, MOST)).fetchall()
    words = [f'"{" ".join(found)}"' for word in text.split() if (found := pairs(word))]
    if words:
        rows += connection.execute(BY_WORDS, (" AND ".join(words), MOST)).fetchall()
    return rows


def _make(folder: Path, scale: float) -> None:
    office = empty_office(folder, STANDARD)
    furnish(office, round(PEOPLE * scale), _facts)
    with office.database.write() as session:
        part: list[tuple[int, str]] = []
        with office.database.read() as reading:
            for row in stream(reading, select(Entry.id, Entry.facts)):
                part.append((row[0], row[1]))
                if len(part) == PART:
                    index_words(session, part)
                    part.clear()
        index_words(session, part)
    office.database.close()


def _facts(dice: random.Random) -> str:
    """A sentence of some words, the first of which are frequent."""
    return "，".join("".join(_word(dice) for _ in range(3)) for _ in range(5))


_VOCABULARY = WORDS.split()


def _word(dice: random.Random) -> str:
    return _VOCABULARY[int(len(_VOCABULARY) * dice.random() ** 2)]


if __name__ == "__main__":
    main()
