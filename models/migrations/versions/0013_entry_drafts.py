"""Entries that are being typed."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "entry_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_entry_drafts_account_id"),
        sa.ForeignKeyConstraint(["file_id"], ["integrity_files.id"], name="fk_entry_drafts_file_id"),
        sa.PrimaryKeyConstraint("id", name="pk_entry_drafts"),
        sa.UniqueConstraint("account_id", "file_id", name="uq_entry_drafts_account_id_file_id"),
    )
