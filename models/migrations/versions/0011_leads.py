"""Leads of which only the department is known, what follows on a lead, promises, complainants, handovers."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_NEW = (
    ("hearing", sa.Text()),
    ("promise", sa.String(length=40)),
    ("continues", sa.String(length=40)),
    ("reason", sa.Text()),
    ("handed_to", sa.String(length=200)),
    ("letter_no", sa.String(length=200)),
    ("remedy", sa.Text()),
    ("remedy_by", sa.Integer()),
    ("checked_on", sa.Integer()),
    ("checked_by", sa.String(length=200)),
    ("check_note", sa.Text()),
    ("remedied", sa.Boolean()),
    ("reply_by", sa.Integer()),
    ("replied_on", sa.Integer()),
    ("reply_way", sa.String(length=40)),
    ("cleared_on", sa.Integer()),
    ("cleared_by", sa.String(length=200)),
    ("clearing_scope", sa.String(length=40)),
    ("agreed_on", sa.Integer()),
)


def upgrade() -> None:
    _let_the_person_be_unknown()
    for name, kind in _NEW:
        op.add_column("leads", sa.Column(name, kind, nullable=True))
    op.create_table(
        "promises",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("matter", sa.String(length=200), nullable=False),
        sa.Column("term", sa.String(length=200), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("published_on", sa.Integer(), nullable=False),
        sa.Column("ended_on", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_promises"),
        sa.UniqueConstraint("uid", name="uq_promises_uid"),
    )
    op.create_table(
        "complainants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(["lead_id"], ["leads.id"], name="fk_complainants_lead_id"),
        sa.PrimaryKeyConstraint("id", name="pk_complainants"),
        sa.UniqueConstraint("uid", name="uq_complainants_uid"),
        sa.UniqueConstraint("lead_id", name="uq_complainants_lead_id"),
    )
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("handed_on", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("letter_no", sa.String(length=200), nullable=False),
        sa.Column("registered_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["registered_by"], ["accounts.id"], name="fk_handovers_registered_by"),
        sa.PrimaryKeyConstraint("id", name="pk_handovers"),
        sa.UniqueConstraint("uid", name="uq_handovers_uid"),
    )


def _let_the_person_be_unknown() -> None:
    """SQLite changes no column, and a table made anew would take the references of entries along. What it
    documents for taking a NOT NULL away is done instead (https://www.sqlite.org/lang_altertable.html)."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("leads", "file_id", existing_type=sa.Integer(), nullable=True)
        return
    (version,) = op.get_bind().exec_driver_sql("PRAGMA schema_version").one()
    op.execute("PRAGMA writable_schema = ON")
    op.execute(
        "UPDATE sqlite_schema SET sql = replace(sql, 'file_id INTEGER NOT NULL', 'file_id INTEGER') "
        "WHERE type = 'table' AND name = 'leads'"
    )
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")
