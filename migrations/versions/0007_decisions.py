"""decisions that become doses, the recall list, follow-up

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

STOPPED = sa.text('daily_dose_mg = 0')
PLANNED = sa.text('planned_at IS NOT NULL')
ENDS = sa.text('until_on IS NOT NULL')
KINDS = "kind IN ('level', 'visit', 'labs', 'decision', 'confirmation', 'tell')"
DECISIONS = "'accepted', 'overridden', 'deferred'"


def replace_check(table, name, rule):
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_='check')
    with op.batch_alter_table(table) as batch:
        batch.create_check_constraint(name, rule)


def text(length=None):
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def of_patient():
    return (
        sa.ForeignKeyConstraint(['clinic_id', 'patient_id'], ['patient.clinic_id', 'patient.id'], name='of_patient'),
        sa.ForeignKeyConstraint(['clinic_id'], ['clinic.id'], ),
    )


def upgrade() -> None:
    when = sqlmodel.sql.sqltypes.UTCDateTime
    with op.batch_alter_table('clinic') as batch:
        batch.add_column(sa.Column('second_confirmation', sa.Boolean(), nullable=False, server_default=sa.false()))
    replace_check('decision', 'decision_known', f"decision IN ({DECISIONS}, 'withdrawn')")
    with op.batch_alter_table('decision') as batch:
        batch.add_column(sa.Column('starts_on', sa.Date(), nullable=True))
        batch.add_column(sa.Column('amends', text(), nullable=True))
        batch.add_column(sa.Column('needs_second', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.create_unique_constraint('decision_amended_once', ['clinic_id', 'amends'])
    op.create_index('regimen_stopped', 'regimen', ['clinic_id', 'patient_id', 'started_on'],
        sqlite_where=STOPPED, postgresql_where=STOPPED)
    op.create_table('dose_start',
    sa.Column('clinic_id', text(22), nullable=False),
    sa.Column('decision_id', text(22), nullable=False),
    sa.Column('patient_id', text(), nullable=False),
    sa.Column('regimen_id', text(), nullable=False),
    sa.Column('daily_dose_mg', sa.Integer(), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('visit_id', text(), nullable=True),
    sa.Column('confirmed_by', text(), nullable=True),
    sa.Column('at', when(), nullable=False),
    sa.Column('taken_back_at', when(), nullable=True),
    sa.Column('told_at', when(), nullable=True),
    sa.Column('told_by', text(), nullable=True),
    *of_patient(),
    sa.PrimaryKeyConstraint('clinic_id', 'decision_id')
    )
    op.create_index('dose_start_of_patient', 'dose_start', ['clinic_id', 'patient_id'])
    op.create_table('recall',
    sa.Column('clinic_id', text(22), nullable=False),
    sa.Column('id', text(22), nullable=False),
    sa.Column('patient_id', text(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('overdue_on', sa.Date(), nullable=False),
    sa.Column('until_on', sa.Date(), nullable=True),
    sa.Column('planned_at', when(), nullable=True),
    sa.Column('missing', sa.JSON(), nullable=False),
    sa.Column('about', text(), nullable=True),
    sa.CheckConstraint(KINDS, name='kind_known'),
    *of_patient(),
    sa.PrimaryKeyConstraint('clinic_id', 'id'),
    sa.UniqueConstraint('clinic_id', 'patient_id', 'kind', name='recall_once')
    )
    op.create_index('recall_due', 'recall', ['clinic_id', 'due_on', 'id'])
    op.create_index('recall_of_kind', 'recall', ['clinic_id', 'kind', 'due_on', 'id'])
    op.create_index('recall_planned', 'recall', ['clinic_id', 'planned_at', 'id'], sqlite_where=PLANNED, postgresql_where=PLANNED)
    op.create_index('recall_ends', 'recall', ['clinic_id', 'until_on'], sqlite_where=ENDS, postgresql_where=ENDS)
    op.create_table('recall_mark',
    sa.Column('clinic_id', text(22), nullable=False),
    sa.Column('id', text(22), nullable=False),
    sa.Column('patient_id', text(), nullable=False),
    *of_patient(),
    sa.PrimaryKeyConstraint('clinic_id', 'id')
    )
    op.create_table('follow_up',
    sa.Column('clinic_id', text(22), nullable=False),
    sa.Column('id', text(22), nullable=False),
    sa.Column('patient_id', text(), nullable=False),
    sa.Column('seen_on', sa.Date(), nullable=False),
    sa.Column('how', sa.String(), nullable=False),
    sa.Column('on_treatment', sa.Boolean(), nullable=True),
    sa.Column('stopped_on', sa.Date(), nullable=True),
    sa.Column('recurrence_on', sa.Date(), nullable=True),
    sa.Column('died_on', sa.Date(), nullable=True),
    sa.Column('note', text(), nullable=True),
    sa.Column('recorded_by', text(), nullable=False),
    sa.Column('recorded_at', when(), nullable=False),
    sa.CheckConstraint("how IN ('phone', 'online', 'visit')", name='how_known'),
    *of_patient(),
    sa.PrimaryKeyConstraint('clinic_id', 'id')
    )
    op.create_index('follow_up_of_patient', 'follow_up', ['clinic_id', 'patient_id'])
    # What is due of everybody who is known is made from their records, in batches by the worker.
    op.execute('INSERT INTO recall_mark (clinic_id, id, patient_id) SELECT clinic_id, id, id FROM patient')


def downgrade() -> None:
    for table in ('follow_up', 'recall_mark', 'recall', 'dose_start'):
        op.drop_table(table)
    op.drop_index('regimen_stopped', 'regimen')
    # An entry that took one back has no word before: it stands as deferred, with its reason.
    op.execute("UPDATE decision SET decision = 'deferred' WHERE decision = 'withdrawn'")
    with op.batch_alter_table('decision') as batch:
        batch.drop_constraint('decision_amended_once', type_='unique')
        for name in ('needs_second', 'amends', 'starts_on'):
            batch.drop_column(name)
    replace_check('decision', 'decision_known', f'decision IN ({DECISIONS})')
    with op.batch_alter_table('clinic') as batch:
        batch.drop_column('second_confirmation')
