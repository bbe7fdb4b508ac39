"""browsers in which somebody has signed in, so that signing out ends one; what is due, made anew

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString
    op.create_table('staff_session',
    sa.Column('clinic_id', text(22), nullable=False),
    sa.Column('id', text(22), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=False),
    sa.Column('begun_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinic.id'], ),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], ),
    sa.PrimaryKeyConstraint('clinic_id', 'id')
    )
    op.create_index('staff_session_of_staff', 'staff_session', ['staff_id'])
    # Which level counts, and which blood tests are too late, is told anew of everybody.
    op.execute(
        'INSERT INTO recall_mark (clinic_id, id, patient_id) SELECT p.clinic_id, p.id, p.id FROM patient p '
        'WHERE NOT EXISTS (SELECT 1 FROM recall_mark m WHERE m.clinic_id = p.clinic_id AND m.id = p.id)'
    )


def downgrade() -> None:
    op.drop_table('staff_session')
