"""The arithmetic of the chain, and that PostgreSQL itself can do it."""

import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from app.commands.conduct import record_entry
from app.commands.evaluations import propose_evaluations
from app.rules.grading.case import year
from models.ledger import ORIGIN, canonical, command_header, content_hash, event_hash
from models.types import Moment
from tests.offices import TestOffice, entry

CHECK = """
SELECT count(*), count(*) FILTER (WHERE
    prev <> coalesce(lag, decode(repeat('00', 32), 'hex'))
    OR content_hash <> sha256(salt || content)
    OR hash <> sha256(prev || content_hash || convert_to(concat_ws(E'\\n',
        chain, seq, kind, subject, format, command, command_kind, actor_uid, moment, actor_name), 'UTF8')))
FROM (
    SELECT e.*, c.uid AS chain, m.uid AS command, m.kind AS command_kind, m.actor_uid, m.moment,
           m.actor_name, t.salt, t.content, lag(e.hash) OVER (PARTITION BY e.chain_id ORDER BY e.seq) AS lag
    FROM events e
    JOIN chains c ON c.id = e.chain_id
    JOIN commands m ON m.id = e.command_id
    JOIN event_contents t ON t.event_id = e.id
) AS linked
"""
"""Every event with what the server finds when it computes the hashes itself."""


def checked(office: TestOffice) -> tuple[int, int]:
    with office.database.engine.connect() as connection:
        events, different = connection.execute(text(CHECK)).one()
    return events, different


def test_postgresql_computes_the_same_hashes(shared: TestOffice) -> None:
    for staff_no in ("0003", "0004"):
        shared.as_("officer").do(record_entry, entry(staff_no, facts="换行\n“引号” 䶮"))
    shared.as_("officer").do(propose_evaluations, year(2025))
    events, different = checked(shared)
    assert events > 20 and different == 0
    with shared.database.engine.begin() as connection:
        connection.execute(text("UPDATE commands SET actor_name = '李四' WHERE kind = 'propose_evaluations'"))
    assert checked(shared) == (events, 5)


def test_a_hash_is_sha_256_over_nothing_but_bytes() -> None:
    content = content_hash(b"salt", b'{"a":1}')
    assert content == sha256(b'salt{"a":1}').digest()
    header = command_header("c0", "record_entry", "a0", Moment(17), "王丽")
    own = event_hash(ORIGIN, content, "chain", 1, "entry_submitted", "e0", 1, header)
    said = "chain\n1\nentry_submitted\ne0\n1\nc0\nrecord_entry\na0\n17\n王丽"
    assert own == sha256(bytes(32) + content + said.encode()).digest()


values = st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.text()
images = st.dictionaries(st.text(max_size=5), values, max_size=5)


@given(images)
def test_an_image_reads_back_and_the_order_of_its_names_does_not_matter(image: dict[str, object]) -> None:
    turned = dict(reversed(image.items()))
    assert canonical(image) == canonical(turned)
    assert canonical(json.loads(canonical(image))) == canonical(image)


def test_one_text_has_one_form() -> None:
    assert canonical({"name": "e\u0301"}) == canonical({"name": "\u00e9"}) == '{"name":"\u00e9"}'.encode()


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_no_number_that_json_does_not_know_enters_an_image(number: float) -> None:
    with pytest.raises(ValueError):
        canonical({"x": number})
