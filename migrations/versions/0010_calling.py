"""the call list, the calls that were made, and why a grade was changed

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

EVENTS = ("what IN ('raised', 'repeated', 'worsened', 'called', 'not_reached', 'nobody', 'unanswered', "
          "'acknowledged', 'returned', 'closed', 'reopened'{more})")
INDEXES = (
    ('prompt_missed_of_clinic', 'prompt', ['clinic_id', 'closes_at'], "state = 'missed'"),
    ('chat_blocked', 'chat', ['clinic_id', 'patient_id'], "state = 'blocked'"),
    ('invitation_unused', 'invitation', ['clinic_id', 'expires_at'], 'used_at IS NULL'),
)


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
    for table in ('symptom_grade', 'lab'):
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column('confirmed_at', when(), nullable=True))
            batch.add_column(sa.Column('confirm_reason', text(), nullable=True))
    replace_check('alert_event', 'what_known', EVENTS.format(more=", 'phoned'"))
    for name, table, columns, where in INDEXES:
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.create_index('inbox_of_patient', 'inbox_item', ['clinic_id', 'patient_id'])
    op.create_table('call_due',
    sa.Column('clinic_id', text(22), nullable=False),
    sa.Column('patient_id', text(22), nullable=False),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('since', when(), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('noticed_at', when(), nullable=False),
    *of_patient(),
    sa.PrimaryKeyConstraint('clinic_id', 'patient_id')
    )
    op.create_index('call_due_order', 'call_due', ['clinic_id', 'rank', 'since', 'patient_id'])
    op.create_table('phone_call',
    sa.Column('clinic_id', text(22), nullable=False),
    sa.Column('id', text(22), nullable=False),
    sa.Column('patient_id', text(), nullable=False),
    sa.Column('alert_id', text(22), nullable=True),
    sa.Column('outcome', sa.String(), nullable=False),
    sa.Column('note', text(), nullable=True),
    sa.Column('again_at', when(), nullable=False),
    sa.Column('by', text(), nullable=False),
    sa.Column('at', when(), nullable=False),
    sa.CheckConstraint("outcome IN ('reached', 'not_reached', 'wrong_number')", name='outcome_known'),
    *of_patient(),
    sa.PrimaryKeyConstraint('clinic_id', 'id')
    )
    op.create_index('phone_call_of_patient', 'phone_call', ['clinic_id', 'patient_id', 'again_at'])


def downgrade() -> None:
    for table in ('phone_call', 'call_due'):
        op.drop_table(table)
    for table in ('symptom_grade', 'lab'):
        with op.batch_alter_table(table) as batch:
            for column in ('confirm_reason', 'confirmed_at'):
                batch.drop_column(column)
    op.drop_index('inbox_of_patient', 'inbox_item')
    for name, table, _columns, _where in INDEXES:
        op.drop_index(name, table)
    # What has no word before goes; the calls themselves went with their table.
    op.execute("DELETE FROM alert_event WHERE what = 'phoned'")
    replace_check('alert_event', 'what_known', EVENTS.format(more=''))
