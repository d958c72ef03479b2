"""Blocks fall on pages as they should."""

import pytest

from app.reports.layout import MOST_LINES, TEXT, Block, Look, cell, gap, glued, row, table
from app.reports.pages import ROOM, WIDTH, paginate

RUNNING = gap(20)


def _rows(n: int) -> list[Block]:
    return table([cell("head")], [[cell(f"row {k}")] for k in range(n)], (WIDTH,))


def test_no_page_is_fuller_than_its_room():
    pages = paginate(_rows(300), RUNNING)
    assert all(sum(block.height for block in page) <= ROOM for page in pages)
    assert sum(len(page) for page in pages) == 301 + 2 * (len(pages) - 1)


def test_the_head_of_a_table_is_repeated_on_every_page():
    blocks = _rows(300)
    for page in paginate(blocks, RUNNING)[1:]:
        assert page[0] is RUNNING
        assert page[1] is blocks[1].head


def test_the_head_of_a_table_never_ends_a_page():
    blocks = [gap(ROOM - _rows(1)[0].height - 1), *_rows(1)]
    assert [len(page) for page in paginate(blocks, RUNNING)] == [1, 3]


@pytest.mark.parametrize("before", range(30, 60))
def test_what_is_glued_is_never_alone_on_a_page(before):
    blocks = glued(_rows(before), [gap(140)])
    last = paginate(blocks, RUNNING)[-1]
    assert last[-1].height == 140
    assert last[-2] is blocks[-2]


def test_a_very_long_row_fills_its_pages_and_is_closed_at_their_ends():
    pieces = row([cell("\n".join(["line"] * 200), TEXT)], (WIDTH,), Look())
    assert len(pieces) == 1 + 200 - MOST_LINES - 1
    pages = paginate(pieces, RUNNING)
    assert sum(block.height for block in pages[0]) > ROOM - TEXT.leading
    assert [page[-1].height for page in pages[:-1]] == [0.0] * (len(pages) - 1)
    assert pages[-1][-1].tail is None
