"""Words of facts can be looked up, lists of entries sorted, and filters kept."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

PART = 2_000
MOST = 20_000


def upgrade() -> None:
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("page", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_saved_views_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_saved_views"),
        sa.UniqueConstraint("account_id", "page", "name", name="uq_saved_views_account_id_page_name"),
    )
    by_day = ["occurred_on", "item_id", "ended_on", "file_id", "department_id"]
    op.create_index("ix_entries_by_day", "entries", by_day)
    op.create_index("ix_entries_item_id_occurred_on", "entries", ["item_id", "occurred_on"])
    op.create_index("ix_entries_department_id_occurred_on", "entries", ["department_id", "occurred_on"])
    shared = op.get_bind().dialect.name == "postgresql"
    if shared:
        op.execute(
            "CREATE TABLE entry_words ("
            "rowid integer PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE, words tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_entry_words_words ON entry_words USING gin (words)")
    else:
        op.execute(
            "CREATE VIRTUAL TABLE entry_words USING fts5 (words, content='', columnsize=0, tokenize='ascii')"
        )
        # Else the words of what was erased would stay in the file until the index is next merged.
        op.execute("INSERT INTO entry_words (entry_words, rank) VALUES ('secure-delete', 1)")
    _fill(shared)


def _fill(shared: bool) -> None:
    bind = op.get_bind()
    kind = "CAST(:words AS tsvector)" if shared else ":words"
    insert = sa.text(f"INSERT INTO entry_words (rowid, words) VALUES (:id, {kind})")
    entries = sa.text("SELECT id, facts FROM entries WHERE id > :last ORDER BY id LIMIT :part")
    last = 0
    while rows := bind.execute(entries, {"last": last, "part": PART}).all():
        bind.execute(insert, [{"id": key, "words": _words(facts, shared)} for key, facts in rows])
        last = rows[-1][0]


def _words(facts: str, shared: bool) -> str:
    plain = "".join(filter(str.isalnum, facts[:MOST].casefold()))
    pairs = [plain[at : at + 2] for at in range(len(plain) - 1)]
    return " ".join(f"'{pair}':{n}" for n, pair in enumerate(pairs, 1)) if shared else " ".join(pairs)
