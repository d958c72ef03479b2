"""Who read what, relatives, and second keepers."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("document_no", sa.String(length=200), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["integrity_files.id"], name="fk_readings_file_id"),
        sa.ForeignKeyConstraint(["department_id"], ["departments.id"], name="fk_readings_department_id"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_readings_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        sa.UniqueConstraint("uid", name="uq_readings_uid"),
    )
    op.create_index("ix_readings_file_id", "readings", ["file_id"])
    op.create_index("ix_readings_department_id_read_at", "readings", ["department_id", "read_at"])
    op.create_table(
        "relatives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("relation", sa.String(length=40), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_relatives_account_id"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_relatives_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_relatives"),
        sa.UniqueConstraint("uid", name="uq_relatives_uid"),
        sa.UniqueConstraint("account_id", "person_id", name="uq_relatives_account_id_person_id"),
    )
    op.create_table(
        "second_keepers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["integrity_files.id"], name="fk_second_keepers_file_id"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_second_keepers_account_id"),
        sa.PrimaryKeyConstraint("id", name="pk_second_keepers"),
        sa.UniqueConstraint("uid", name="uq_second_keepers_uid"),
        sa.UniqueConstraint("file_id", name="uq_second_keepers_file_id"),
    )
