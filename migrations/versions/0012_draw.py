"""what happens to a tube of blood, step by step

Revision ID: 0012
Revises: 0007
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0012'
down_revision = '0007'
branch_labels = None
depends_on = None

STEPS = "step IN ('drawn', 'centrifuged', 'frozen', 'sent', 'measured')"


def text(length=None):
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def upgrade() -> None:
    when = sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table('draw_step',
    sa.Column('clinic_id', text(22), nullable=False),
    sa.Column('id', text(22), nullable=False),
    sa.Column('patient_id', text(), nullable=False),
    sa.Column('visit_id', text(), nullable=False),
    sa.Column('step', sa.String(), nullable=False),
    sa.Column('at', when(), nullable=True),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('recorded_by', text(), nullable=False),
    sa.Column('recorded_at', when(), nullable=False),
    sa.CheckConstraint(STEPS, name='step_known'),
    sa.ForeignKeyConstraint(['clinic_id', 'patient_id'], ['patient.clinic_id', 'patient.id'], name='of_patient'),
    sa.ForeignKeyConstraint(['clinic_id', 'visit_id'], ['visit.clinic_id', 'visit.id'], name='of_visit'),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinic.id'], ),
    sa.PrimaryKeyConstraint('clinic_id', 'id')
    )
    op.create_index('draw_step_of_patient', 'draw_step', ['clinic_id', 'patient_id'])
    op.create_index('draw_step_of_visit', 'draw_step', ['clinic_id', 'visit_id'])


def downgrade() -> None:
    op.drop_table('draw_step')
