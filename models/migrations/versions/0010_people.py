"""Departments and files with their history: moved, merged, closed, sent to another office and received."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    for column in (
        sa.Column("changed_on", sa.Integer()),
        sa.Column("changed_document", sa.String(length=200)),
        sa.Column("dissolved_on", sa.Integer()),
        sa.Column("merged_into", sa.String(length=32)),
    ):
        op.add_column("departments", column)
    for column in (
        sa.Column("changed_on", sa.Integer()),
        sa.Column("changed_document", sa.String(length=200)),
        sa.Column("changed_reason", sa.Text()),
        sa.Column("sent_to", sa.String(length=200)),
        sa.Column("received_from", sa.String(length=200)),
        sa.Column("merged_into", sa.String(length=32)),
    ):
        op.add_column("integrity_files", column)
    op.create_index("ix_integrity_files_merged_into", "integrity_files", ["merged_into"])
    for name in ("document_no", "until_document"):
        op.add_column("person_states", sa.Column(name, sa.String(length=200)))
    op.add_column("schemes", sa.Column("of_office", sa.String(length=200)))
    op.create_index("ix_evaluations_file_id", "evaluations", ["file_id"])
    op.create_table(
        "mergers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("merged_on", sa.Integer(), nullable=False),
        sa.Column("document_no", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("split_on", sa.Integer()),
        sa.Column("split_document", sa.String(length=200)),
        sa.Column("split_reason", sa.Text()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["integrity_files.id"], name="fk_mergers_file_id"),
        sa.ForeignKeyConstraint(["other_id"], ["integrity_files.id"], name="fk_mergers_other_id"),
        sa.PrimaryKeyConstraint("id", name="pk_mergers"),
        sa.UniqueConstraint("uid", name="uq_mergers_uid"),
    )
    op.create_index("ix_mergers_file_id", "mergers", ["file_id"])
    op.create_table(
        "signing_keys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("private", sa.LargeBinary(length=32), nullable=False),
        sa.Column("public", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_signing_keys"),
        sa.UniqueConstraint("uid", name="uq_signing_keys_uid"),
    )
