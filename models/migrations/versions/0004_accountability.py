"""Accountability tables: the reference beside the standards."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "accountability_tables",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("title_zh", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("adopted_by", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["published_by"], ["accounts.id"], name="fk_accountability_tables_published_by"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_accountability_tables"),
        sa.UniqueConstraint("uid", name="uq_accountability_tables_uid"),
        sa.UniqueConstraint("code", "edition", name="uq_accountability_tables_code_edition"),
    )
