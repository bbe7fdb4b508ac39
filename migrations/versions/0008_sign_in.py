"""a second factor for the staff, when they signed in last, a link that sets a password

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    text, when = sqlmodel.sql.sqltypes.AutoString, sqlmodel.sql.sqltypes.UTCDateTime
    with op.batch_alter_table('staff') as batch:
        batch.add_column(sa.Column('signed_in_at', when(), nullable=True))
        batch.add_column(sa.Column('tf_primary_method', text(), nullable=True))
        batch.add_column(sa.Column('tf_totp_secret', text(), nullable=True))
        batch.add_column(sa.Column('totp_counter', sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column('mf_recovery_codes', sa.JSON(), nullable=False, server_default='[]'))
        batch.add_column(sa.Column('link_sha256', text(length=64), nullable=True))
        batch.add_column(sa.Column('link_until', when(), nullable=True))
    with op.batch_alter_table('staff') as batch:
        batch.alter_column('mf_recovery_codes', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('staff') as batch:
        for name in ('link_until', 'link_sha256', 'mf_recovery_codes', 'totp_counter',
                     'tf_totp_secret', 'tf_primary_method', 'signed_in_at'):  # fmt: skip
            batch.drop_column(name)
