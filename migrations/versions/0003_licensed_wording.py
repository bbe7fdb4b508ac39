"""a clinic's licensed wording of the SF-36

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('wording',
    sa.Column('clinic_id', sqlmodel.sql.sqltypes.AutoString(length=22), nullable=False),
    sa.Column('language', sa.String(), nullable=False),
    sa.Column('source', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('words', sa.JSON(), nullable=False),
    sa.Column('loaded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint("language IN ('zh-CN', 'en')", name='language_known'),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinic.id'], ),
    sa.PrimaryKeyConstraint('clinic_id', 'language')
    )


def downgrade() -> None:
    op.drop_table('wording')
