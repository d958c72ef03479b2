"""Drafts of standards, what units add to them, and what they take in that is measured elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "scheme_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["changed_by"], ["accounts.id"], name="fk_scheme_drafts_changed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_scheme_drafts"),
        sa.UniqueConstraint("uid", name="uq_scheme_drafts_uid"),
    )
    op.create_table(
        "measurements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("input", sa.String(length=40), nullable=False),
        sa.Column("period_start", sa.Integer(), nullable=False),
        sa.Column("period_end", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("document_no", sa.String(length=200), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["integrity_files.id"], name="fk_measurements_file_id"),
        sa.ForeignKeyConstraint(["recorded_by"], ["accounts.id"], name="fk_measurements_recorded_by"),
        sa.PrimaryKeyConstraint("id", name="pk_measurements"),
        sa.UniqueConstraint("uid", name="uq_measurements_uid"),
    )
    op.create_index("ix_measurements_period_end_file_id", "measurements", ["period_end", "file_id"])
    op.create_table(
        "supplements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("adopted_by", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name="fk_supplements_department_id"),
        sa.ForeignKeyConstraint(["published_by"], ["accounts.id"], name="fk_supplements_published_by"),
        sa.PrimaryKeyConstraint("id", name="pk_supplements"),
        sa.UniqueConstraint("uid", name="uq_supplements_uid"),
        sa.UniqueConstraint(
            "code", "department_id", "edition", name="uq_supplements_code_department_id_edition"
        ),
    )
