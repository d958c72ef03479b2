"""A reading says in which chain it stands: that of a file which was sent away goes on elsewhere."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("readings", sa.Column("chain_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE readings SET chain_id = "
        "(SELECT chain_id FROM integrity_files WHERE integrity_files.id = readings.file_id)"
    )
    with op.batch_alter_table("readings") as table:
        table.alter_column("chain_id", existing_type=sa.Integer(), nullable=False)
        table.create_foreign_key("fk_readings_chain_id", "chains", ["chain_id"], ["id"])
