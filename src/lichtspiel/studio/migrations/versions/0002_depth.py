"""how far away everything is"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From the revision before."""
    with op.batch_alter_table("videos") as table:
        table.add_column(sa.Column("depth", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    """To the revision before."""
    with op.batch_alter_table("videos") as table:
        table.drop_column("depth")
