"""what happens to a tube of blood, step by step; results that a person corrected

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None

WHAT = (
    "'raised', 'repeated', 'worsened', 'called', 'not_reached', 'nobody', "
    "'unanswered', 'acknowledged', 'returned', 'closed', 'reopened', 'phoned'"
)
STEPS = "step IN ('drawn', 'centrifuged', 'frozen', 'sent', 'measured')"


def text(length=None):
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def replace_check(table, name, rule):
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_='check')
    with op.batch_alter_table(table) as batch:
        batch.create_check_constraint(name, rule)


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
    op.create_table('former_result',
    sa.Column('clinic_id', text(22), nullable=False),
    sa.Column('id', text(22), nullable=False),
    sa.Column('patient_id', text(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('result_id', text(), nullable=False),
    sa.Column('identifier', text(400), nullable=True),
    sa.Column('told', sa.JSON(), nullable=False),
    sa.Column('ended', sa.String(), nullable=False),
    sa.Column('reason', text(), nullable=False),
    sa.Column('recorded_by', text(), nullable=False),
    sa.Column('recorded_at', when(), nullable=False),
    sa.CheckConstraint("kind IN ('level', 'lab')", name='kind_known'),
    sa.CheckConstraint("ended IN ('corrected', 'withdrawn')", name='ended_known'),
    sa.ForeignKeyConstraint(['clinic_id', 'patient_id'], ['patient.clinic_id', 'patient.id'], name='of_patient'),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinic.id'], ),
    sa.PrimaryKeyConstraint('clinic_id', 'id')
    )
    op.create_index('former_result_of_patient', 'former_result', ['clinic_id', 'patient_id'])
    op.create_index('former_result_identifier', 'former_result', ['clinic_id', 'identifier'])
    for table in ('sample', 'lab'):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column('corrected_at', when(), nullable=True))
    replace_check('alert_event', 'what_known', f"what IN ({WHAT}, 'corrected')")


def downgrade() -> None:
    # An event of before has no word for a corrected value: it stands as told again, with its reason.
    op.execute("UPDATE alert_event SET what = 'repeated' WHERE what = 'corrected'")
    replace_check('alert_event', 'what_known', f'what IN ({WHAT})')
    for table in ('sample', 'lab'):
        with op.batch_alter_table(table) as batch:
            batch.drop_column('corrected_at')
    op.drop_table('former_result')
    op.drop_table('draw_step')
