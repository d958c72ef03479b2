"""What a standard may need to know of an entry."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

COLUMNS = (  # unknown of every entry there is, and left out of its image: its events still hold
    ("quantity", sa.BigInteger()),
    ("given_points", sa.Integer()),
    ("given_reason", sa.Text()),
    ("capacity", sa.String(length=40)),
    ("authors", sa.Integer()),
    ("corrected_on", sa.Integer()),
    ("corrected_document", sa.String(length=200)),
    ("corrected_reason", sa.Text()),
)


def upgrade() -> None:
    for name, kind in COLUMNS:
        op.add_column("entries", sa.Column(name, kind, nullable=True))
