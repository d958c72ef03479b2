"""How long negative information is kept, and lawful erasures."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "retention_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("document_no", sa.String(length=200), nullable=False),
        sa.Column("set_by", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["set_by"], ["accounts.id"], name="fk_retention_rules_set_by"),
        sa.PrimaryKeyConstraint("id", name="pk_retention_rules"),
        sa.UniqueConstraint("uid", name="uq_retention_rules_uid"),
    )
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("entry", sa.String(length=40), nullable=False),
        sa.Column("document_no", sa.String(length=200), nullable=False),
        sa.Column("ordered_on", sa.Integer(), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("registered_by", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["integrity_files.id"], name="fk_erasures_file_id"),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name="fk_erasures_department_id"),
        sa.ForeignKeyConstraint(["registered_by"], ["accounts.id"], name="fk_erasures_registered_by"),
        sa.ForeignKeyConstraint(["decided_by"], ["accounts.id"], name="fk_erasures_decided_by"),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
        sa.UniqueConstraint("uid", name="uq_erasures_uid"),
    )
    op.create_index("ix_erasures_file_id", "erasures", ["file_id"])
    op.create_table(
        "erased_origins",
        sa.Column("origin", sa.LargeBinary(length=16), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batches.id"], name="fk_erased_origins_batch_id"),
        sa.PrimaryKeyConstraint("origin", name="pk_erased_origins"),
    )
    op.add_column("evaluations", sa.Column("erased_by", sa.String(length=32), nullable=True))
    only = sa.text("erased_by IS NOT NULL")
    op.create_index(
        "ix_evaluations_erased_by", "evaluations", ["erased_by"], sqlite_where=only, postgresql_where=only
    )
