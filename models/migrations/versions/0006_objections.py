"""The office's own calendars, and objections."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "calendars",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("notice", sa.String(length=200), nullable=False),
        sa.Column("dated", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("imported_by", sa.Integer(), nullable=False),
        sa.Column("imported_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["imported_by"], ["accounts.id"], name="fk_calendars_imported_by"),
        sa.PrimaryKeyConstraint("id", name="pk_calendars"),
        sa.UniqueConstraint("uid", name="uq_calendars_uid"),
        sa.UniqueConstraint("year", name="uq_calendars_year"),
    )
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("filed_on", sa.Integer(), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("filing", sa.String(length=40), nullable=False),
        sa.Column("received_by", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("closed_on", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("document_no", sa.String(length=200), nullable=False),
        sa.Column("remedy", sa.String(length=40), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["integrity_files.id"], name="fk_objections_file_id"),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name="fk_objections_department_id"),
        sa.ForeignKeyConstraint(["received_by"], ["accounts.id"], name="fk_objections_received_by"),
        sa.ForeignKeyConstraint(["decided_by"], ["accounts.id"], name="fk_objections_decided_by"),
        sa.PrimaryKeyConstraint("id", name="pk_objections"),
        sa.UniqueConstraint("uid", name="uq_objections_uid"),
    )
    op.create_index("ix_objections_file_id", "objections", ["file_id"])
    op.create_index("ix_objections_status_due_on", "objections", ["status", "due_on"])
    op.create_index(
        "uq_objections_target",
        "objections",
        ["target"],
        unique=True,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
