"""results that a laboratory sends: a limit in the place of a number, its own identifier

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

TABLES = ('sample', 'lab')
KNOWN = "comparator IN ('<', '<=', '>=', '>')"


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column('comparator', sa.String(), nullable=True))
            batch.add_column(sa.Column('identifier', text(length=400), nullable=True))
            batch.create_check_constraint('comparator_known', KNOWN)
            batch.create_unique_constraint(f'{table}_identifier', ['clinic_id', 'identifier'])


def downgrade() -> None:
    # Before, a limit could not be told from a number: of a level its flag still says so.
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(f'{table}_identifier', type_='unique')
            batch.drop_constraint('comparator_known', type_='check')
            batch.drop_column('identifier')
            batch.drop_column('comparator')
