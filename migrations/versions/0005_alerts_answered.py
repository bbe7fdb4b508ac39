"""alerts that are answered: rounds, their life, special days, voice, what processes share

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


OPEN = sa.text("state <> 'closed'")
GRADED = sa.text("state <> 'closed' AND NOT red_flag")
TEXT = sa.text("channel IN ('sms', 'voice') AND state IN ('queued', 'sending', 'unknown')")
TO_STAFF = sa.text("staff_id IS NOT NULL AND state IN ('queued', 'sending')")
EXPIRED = sa.text("state = 'expired'")
MISSED = sa.text("state = 'missed'")
COMES = sa.text("status IN ('planned', 'attended')")
ON_ITS_WAY = sa.text("state = 'sent' AND poll_at IS NOT NULL")
OF_PATIENT = ('decision', 'lab', 'questionnaire', 'regimen', 'sample', 'symptom_grade', 'visit')
WAITS = ('nurse_wait_min', 'next_wait_min', 'doctor_wait_min', 'call_wait_min')
WHAT = (
    "what IN ('raised', 'repeated', 'worsened', 'called', 'not_reached', 'nobody', "
    "'unanswered', 'acknowledged', 'returned', 'closed', 'reopened')"
)


def replace_check(table, name, rule):
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_='check')
    with op.batch_alter_table(table) as batch:
        batch.create_check_constraint(name, rule)


def text(length):
    return sqlmodel.sql.sqltypes.AutoString(length=length)


def upgrade() -> None:
    when = sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table('alert_event',
    sa.Column('clinic_id', text(22), nullable=False),
    sa.Column('id', text(22), nullable=False),
    sa.Column('alert_id', text(None), nullable=False),
    sa.Column('patient_id', text(None), nullable=False),
    sa.Column('at', when(), nullable=False),
    sa.Column('what', sa.String(), nullable=False),
    sa.Column('round', sa.Integer(), nullable=False),
    sa.Column('channel', text(40), nullable=True),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('message_id', text(None), nullable=True),
    sa.Column('by', text(None), nullable=True),
    sa.Column('why', text(None), nullable=True),
    sa.Column('note', text(None), nullable=True),
    sa.CheckConstraint(WHAT, name='what_known'),
    sa.ForeignKeyConstraint(['clinic_id', 'patient_id'], ['patient.clinic_id', 'patient.id'], name='of_patient'),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinic.id'], ),
    sa.PrimaryKeyConstraint('clinic_id', 'id')
    )
    op.create_index('alert_event_of', 'alert_event', ['clinic_id', 'alert_id', 'id'])
    op.create_index('alert_event_at', 'alert_event', ['clinic_id', 'at'])
    op.create_table('special_day',
    sa.Column('clinic_id', text(22), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('counts_as', sa.Integer(), nullable=False),
    sa.Column('name', text(None), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinic.id'], ),
    sa.PrimaryKeyConstraint('clinic_id', 'on')
    )
    op.create_table('heartbeat',
    sa.Column('name', text(40), nullable=False),
    sa.Column('beat_at', when(), nullable=False),
    sa.Column('at', when(), nullable=False),
    sa.Column('findings', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('name')
    )
    op.create_table('rate_budget',
    sa.Column('key', text(40), nullable=False),
    sa.Column('free_at', when(), nullable=False),
    sa.PrimaryKeyConstraint('key')
    )
    op.create_table('day_plan',
    sa.Column('time_zone', text(64), nullable=False),
    sa.Column('planned_to', when(), nullable=False),
    sa.Column('looked_at', when(), nullable=False),
    sa.PrimaryKeyConstraint('time_zone')
    )
    op.create_index('patient_reminded', 'patient', ['time_zone', 'clinic_id', 'usual_dose_time'],
        sqlite_where=sa.text('dose_reminder = 1'), postgresql_where=sa.text('dose_reminder'))
    op.create_index('prompt_missed', 'prompt', ['closes_at'], sqlite_where=MISSED, postgresql_where=MISSED)
    op.create_index('inbox_waiting', 'inbox_item', ['clinic_id', 'received_at'],
        sqlite_where=sa.text('handled_at IS NULL'), postgresql_where=sa.text('handled_at IS NULL'))
    for table in OF_PATIENT:
        op.drop_index(f'ix_{table}_patient_id', table)
        op.create_index(f'{table}_of_patient', table, ['clinic_id', 'patient_id'])
    op.create_index('visit_queue', 'visit', ['clinic_id', 'draw_at', 'id'], sqlite_where=COMES, postgresql_where=COMES)
    with op.batch_alter_table('clinic') as batch:
        for name in WAITS:
            batch.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default='15'))
        batch.add_column(sa.Column('close_within_min', sa.Integer(), nullable=False, server_default='240'))
    with op.batch_alter_table('staff') as batch:
        batch.add_column(sa.Column('texts_stopped_at', when(), nullable=True))
        batch.add_column(sa.Column('chat_id', sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column('chat_code_sha256', text(64), nullable=True))
        batch.add_column(sa.Column('chat_code_until', when(), nullable=True))
        batch.create_unique_constraint('staff_chat_id_key', ['chat_id'])
    with op.batch_alter_table('chat') as batch:
        batch.add_column(sa.Column('paced_until', when(), nullable=True))
    with op.batch_alter_table('message') as batch:
        batch.add_column(sa.Column('poll_at', when(), nullable=True))
        batch.add_column(sa.Column('polls', sa.Integer(), nullable=False, server_default='0'))
    replace_check('message', 'channel_known', "channel IN ('telegram', 'sms', 'voice')")
    op.create_index('message_expired', 'message', ['not_after'], sqlite_where=EXPIRED, postgresql_where=EXPIRED)
    op.create_index('message_of_patient', 'message', ['clinic_id', 'patient_id', 'id'])
    op.create_index('message_to', 'message', ['sent_to', 'sent_at'])
    op.create_index('message_text', 'message', ['due_at'], sqlite_where=TEXT, postgresql_where=TEXT)
    op.create_index('message_to_staff', 'message', ['due_at'], sqlite_where=TO_STAFF, postgresql_where=TO_STAFF)
    op.create_index('message_poll', 'message', ['poll_at'], sqlite_where=ON_ITS_WAY, postgresql_where=ON_ITS_WAY)
    with op.batch_alter_table('alert') as batch:
        batch.add_column(sa.Column('round', sa.Integer(), nullable=False, server_default='1'))
        batch.add_column(sa.Column('red_flag', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.drop_index('alert_open_once')
    op.create_index('alert_open_once', 'alert', ['clinic_id', 'patient_id', 'family'], unique=True, sqlite_where=GRADED, postgresql_where=GRADED)
    op.create_index('alert_next_step', 'alert', ['next_step_at'], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index('alert_of_patient', 'alert', ['clinic_id', 'patient_id', 'raised_at'])
    # What nobody has answered yet goes on from here; what was taken is looked at by the auditor.
    op.execute("UPDATE alert SET next_step_at = raised_at, round = 2 WHERE state = 'open'")


def downgrade() -> None:
    # Before, there was one open alert a family: of several the latest stays open.
    op.execute(
        "UPDATE alert SET state = 'closed' WHERE state <> 'closed' AND EXISTS (SELECT 1 FROM alert later "
        "WHERE later.clinic_id = alert.clinic_id AND later.patient_id = alert.patient_id "
        "AND later.family = alert.family AND later.state <> 'closed' AND later.id > alert.id)"
    )
    op.drop_index('alert_of_patient', 'alert')
    op.drop_index('alert_next_step', 'alert')
    op.drop_index('alert_open_once', 'alert')
    with op.batch_alter_table('alert') as batch:
        batch.drop_column('red_flag')
        batch.drop_column('round')
    op.create_index('alert_open_once', 'alert', ['clinic_id', 'patient_id', 'family'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    op.drop_index('visit_queue', 'visit')
    for table in OF_PATIENT:
        op.drop_index(f'{table}_of_patient', table)
        op.create_index(f'ix_{table}_patient_id', table, ['patient_id'])
    op.drop_index('inbox_waiting', 'inbox_item')
    op.drop_index('prompt_missed', 'prompt')
    op.drop_index('patient_reminded', 'patient')
    for name in ('message_poll', 'message_to_staff', 'message_text', 'message_to', 'message_of_patient', 'message_expired'):
        op.drop_index(name, 'message')
    op.execute("DELETE FROM message WHERE channel = 'voice'")
    replace_check('message', 'channel_known', "channel IN ('telegram', 'sms')")
    with op.batch_alter_table('message') as batch:
        batch.drop_column('polls')
        batch.drop_column('poll_at')
    with op.batch_alter_table('chat') as batch:
        batch.drop_column('paced_until')
    with op.batch_alter_table('staff') as batch:
        batch.drop_constraint('staff_chat_id_key', type_='unique')
        for name in ('chat_code_until', 'chat_code_sha256', 'chat_id', 'texts_stopped_at'):
            batch.drop_column(name)
    with op.batch_alter_table('clinic') as batch:
        for name in ('close_within_min', *WAITS):
            batch.drop_column(name)
    for table in ('day_plan', 'rate_budget', 'heartbeat', 'special_day', 'alert_event'):
        op.drop_table(table)
