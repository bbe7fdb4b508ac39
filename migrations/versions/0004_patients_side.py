"""the patient's side: prompts, media, corrections, carers, a clinic's choices

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


PACES = "'twice_weekly', 'weekly', 'fortnightly', 'never'"
CLINIC = {
    'checks_usual_known': f"checks_usual IN ({PACES})",
    'checks_after_change_known': f"checks_after_change IN ({PACES})",
    'checks_when_stable_known': f"checks_when_stable IN ({PACES})",
    'missed_dose_known': "missed_dose IN ('skip', 'when_remembered')",
    'on_forget_known': "on_forget IN ('keep_record', 'remove_record')",
}
DOSE = (
    "provenance IN ('patient_at_the_moment', 'patient_later', 'staff', 'proxy', 'assumed')"
)
INBOX = (
    "kind IN ('text', 'broken_update', 'unreachable', 'appointment', 'question', "
    "'voice', 'photo', 'silent', 'reschedule', 'forget', 'linking')"
)
OLD_DOSE = "provenance IN ('patient_at_the_moment', 'patient_later', 'staff', 'assumed')"
OLD_INBOX = "kind IN ('text', 'broken_update', 'unreachable', 'appointment')"


def replace_check(table, name, rule):
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(name, type_='check')
    with op.batch_alter_table(table) as batch:
        batch.create_check_constraint(name, rule)


def upgrade() -> None:
    op.create_table('accepted_advice',
    sa.Column('clinic_id', sqlmodel.sql.sqltypes.AutoString(length=22), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
    sa.Column('text_sha256', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('accepted_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('accepted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinic.id'], ),
    sa.PrimaryKeyConstraint('clinic_id', 'key', 'language')
    )
    op.create_table('media',
    sa.Column('clinic_id', sqlmodel.sql.sqltypes.AutoString(length=22), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=22), nullable=False),
    sa.Column('patient_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('report_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('inbox_id', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('file_id', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('content_type', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('size_bytes', sa.Integer(), nullable=True),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('received_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('photo', 'voice')", name='kind_known'),
    sa.CheckConstraint("state IN ('waiting', 'stored', 'refused')", name='state_known'),
    sa.ForeignKeyConstraint(['clinic_id', 'patient_id'], ['patient.clinic_id', 'patient.id'], name='of_patient'),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinic.id'], ),
    sa.PrimaryKeyConstraint('clinic_id', 'id')
    )
    with op.batch_alter_table('media', schema=None) as batch_op:
        batch_op.create_index('media_of_patient', ['clinic_id', 'patient_id', 'received_at'], unique=False)
        batch_op.create_index('media_waiting', ['next_at'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('prompt',
    sa.Column('clinic_id', sqlmodel.sql.sqltypes.AutoString(length=22), nullable=False),
    sa.Column('id', sqlmodel.sql.sqltypes.AutoString(length=22), nullable=False),
    sa.Column('patient_id', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('why', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('due_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('closes_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('state', sa.String(), nullable=False),
    sa.Column('answered_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('made_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint("kind IN ('check', 'sf36')", name='kind_known'),
    sa.CheckConstraint("state IN ('open', 'answered', 'missed', 'cancelled')", name='state_known'),
    sa.ForeignKeyConstraint(['clinic_id', 'patient_id'], ['patient.clinic_id', 'patient.id'], name='of_patient'),
    sa.ForeignKeyConstraint(['clinic_id'], ['clinic.id'], ),
    sa.PrimaryKeyConstraint('clinic_id', 'id')
    )
    with op.batch_alter_table('prompt', schema=None) as batch_op:
        batch_op.create_index('prompt_closing', ['closes_at'], unique=False, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.create_index('prompt_open_once', ['clinic_id', 'patient_id', 'kind'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    with op.batch_alter_table('clinic') as batch:
        for name, default in (
            ('checks_usual', 'weekly'), ('checks_after_change', 'twice_weekly'),
            ('checks_when_stable', 'fortnightly'), ('missed_dose', 'skip'),
            ('on_forget', 'keep_record'),
        ):
            batch.add_column(sa.Column(name, sa.String(), nullable=False, server_default=default))
        batch.add_column(sa.Column('staffed_from', sa.Time(), nullable=False, server_default='08:00:00.000000'))
        batch.add_column(sa.Column('staffed_until', sa.Time(), nullable=False, server_default='17:00:00.000000'))
        batch.add_column(sa.Column('staffed_weekdays', sa.JSON(), nullable=False, server_default='[0, 1, 2, 3, 4]'))
        batch.add_column(sa.Column('night_phone', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        for name, rule in CLINIC.items():
            batch.create_check_constraint(name, rule)
    with op.batch_alter_table('chat') as batch:
        batch.add_column(sa.Column('last_tap', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=True))
    with op.batch_alter_table('telegram_update') as batch:
        batch.add_column(sa.Column('told', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=True))
        batch.create_unique_constraint('telegram_update_told_key', ['told'])
    unsent = sa.text("state IN ('queued', 'sending')")
    op.create_index('message_of_chat', 'message', ['chat_id'], sqlite_where=unsent, postgresql_where=unsent)
    with op.batch_alter_table('dose') as batch:
        batch.add_column(sa.Column('withdrawn_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    replace_check('dose', 'provenance_known', DOSE)
    with op.batch_alter_table('inbox_item') as batch:
        batch.add_column(sa.Column('chat_id', sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column('data', sa.JSON(), nullable=False, server_default='{}'))
        batch.add_column(sa.Column('answer', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    replace_check('inbox_item', 'kind_known', INBOX)
    with op.batch_alter_table('invitation') as batch:
        batch.add_column(sa.Column('proxy', sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table('patient') as batch:
        batch.add_column(sa.Column('dose_reminder', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column('check_weekday', sa.Integer(), nullable=False, server_default='0'))
        batch.add_column(sa.Column('check_at', sa.Time(), nullable=False, server_default='10:00:00.000000'))
        batch.add_column(sa.Column('sms_consent', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column('forget_asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch.add_column(sa.Column('erased_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    with op.batch_alter_table('questionnaire') as batch:
        batch.add_column(sa.Column('provenance', sa.String(), nullable=False, server_default='patient_at_the_moment'))
    with op.batch_alter_table('symptom_report') as batch:
        batch.add_column(sa.Column('replaced_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    with op.batch_alter_table('visit') as batch:
        batch.add_column(sa.Column('dose_before_draw_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    # Telegram's numbers of accounts: the audit tells who spoke by role only.
    op.execute(
        "UPDATE audit SET actor = 'carer' WHERE actor LIKE 'chat:%' AND EXISTS (SELECT 1 FROM chat "
        "WHERE chat.proxy AND 'chat:' || chat.id = audit.actor)"
    )
    op.execute("UPDATE audit SET actor = 'patient' WHERE actor LIKE 'chat:%'")


def downgrade() -> None:
    op.drop_index('message_of_chat', 'message')
    with op.batch_alter_table('telegram_update') as batch:
        batch.drop_constraint('telegram_update_told_key', type_='unique')
        batch.drop_column('told')
    with op.batch_alter_table('chat') as batch:
        batch.drop_column('last_tap')
    with op.batch_alter_table('visit') as batch:
        batch.drop_column('dose_before_draw_at')
    with op.batch_alter_table('symptom_report') as batch:
        batch.drop_column('replaced_by')
    with op.batch_alter_table('questionnaire') as batch:
        batch.drop_column('provenance')
    with op.batch_alter_table('patient') as batch:
        for name in ('erased_at', 'forget_asked_at', 'sms_consent', 'check_at', 'check_weekday', 'dose_reminder'):
            batch.drop_column(name)
    with op.batch_alter_table('invitation') as batch:
        batch.drop_column('proxy')
    with op.batch_alter_table('inbox_item') as batch:
        for name in ('answer', 'data', 'chat_id'):
            batch.drop_column(name)
    op.execute("UPDATE inbox_item SET kind = 'text' WHERE kind NOT IN ('text', 'broken_update', 'unreachable', 'appointment')")
    replace_check('inbox_item', 'kind_known', OLD_INBOX)
    with op.batch_alter_table('dose') as batch:
        batch.drop_column('withdrawn_at')
    op.execute("UPDATE dose SET provenance = 'patient_later' WHERE provenance = 'proxy'")
    replace_check('dose', 'provenance_known', OLD_DOSE)
    with op.batch_alter_table('clinic') as batch:
        for name in CLINIC:
            batch.drop_constraint(name, type_='check')
        for name in (
            'night_phone', 'staffed_weekdays', 'staffed_until', 'staffed_from', 'on_forget',
            'missed_dose', 'checks_when_stable', 'checks_after_change', 'checks_usual',
        ):
            batch.drop_column(name)
    op.drop_table('prompt')
    op.drop_table('media')
    op.drop_table('accepted_advice')
