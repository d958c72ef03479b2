"""Notices, statements and revocations of entries; liftings and the reasons of corrections."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("entries", sa.Column("lifted_on", sa.Integer(), nullable=True))
    op.add_column("entries", sa.Column("lifted_document", sa.String(length=200), nullable=True))
    op.add_column("entries", sa.Column("supersedes_reason", sa.Text(), nullable=True))
    _create(
        "notices",
        "issued_by",
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("issued_on", sa.Integer(), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("delivered_on", sa.Integer(), nullable=True),
        sa.Column("delivery", sa.String(length=40), nullable=True),
        sa.Column("witness", sa.String(length=200), nullable=True),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.Column("finding", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("entry_id", name="uq_notices_entry_id"),
    )
    _create(
        "statements",
        "received_by",
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_statements_entry_id", "statements", ["entry_id"])
    _create(
        "revocations",
        "proposed_by",
        sa.Column("document_no", sa.String(length=200), nullable=False),
        sa.Column("decided_on", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["verified_by"], ["accounts.id"], name="fk_revocations_verified_by"),
    )
    op.create_index(
        "uq_revocations_entry_id",
        "revocations",
        ["entry_id"],
        unique=True,
        sqlite_where=sa.text("status = 'proposed'"),
        postgresql_where=sa.text("status = 'proposed'"),
    )


def _create(table: str, account: str, *columns: sa.schema.SchemaItem) -> None:
    """A table of what belongs to an entry and was written by an account."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column(account, sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["file_id"], ["integrity_files.id"], name=f"fk_{table}_file_id"),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=f"fk_{table}_entry_id"),
        sa.ForeignKeyConstraint([account], ["accounts.id"], name=f"fk_{table}_{account}"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("uid", name=f"uq_{table}_uid"),
    )
    op.create_index(f"ix_{table}_file_id", table, ["file_id"])
