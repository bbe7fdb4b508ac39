"""a clinic's prior and CTCAE version; confirmed laboratory grades; triage

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('clinic') as batch:
        batch.add_column(sa.Column('prior', sa.String(), nullable=False, server_default='jiang_2023'))
        batch.add_column(sa.Column('ctcae_version', sa.String(), nullable=False, server_default='5.0'))
        batch.create_check_constraint('prior_known', "prior IN ('jiang_2023', 'widmer_2006')")
        batch.create_check_constraint('ctcae_version_known', "ctcae_version IN ('5.0', '6.0')")
    with op.batch_alter_table('inbox_item') as batch:
        batch.add_column(sa.Column('triage', sa.JSON(), nullable=False, server_default='{}'))
    with op.batch_alter_table('lab') as batch:
        batch.add_column(sa.Column('confirmed_grade', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('confirmed_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('lab') as batch:
        batch.drop_column('confirmed_by')
        batch.drop_column('confirmed_grade')
    with op.batch_alter_table('inbox_item') as batch:
        batch.drop_column('triage')
    with op.batch_alter_table('clinic') as batch:
        batch.drop_constraint('ctcae_version_known', type_='check')
        batch.drop_constraint('prior_known', type_='check')
        batch.drop_column('ctcae_version')
        batch.drop_column('prior')
