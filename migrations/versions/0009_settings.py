"""the clinic's emergency text, the grade from which it is called, the audit to look through

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

GRADES = 'alert_from_grade IN (2, 3)'
BOTH = '(emergency_zh_cn IS NULL) = (emergency_en IS NULL)'


def upgrade() -> None:
    text = sqlmodel.sql.sqltypes.AutoString
    with op.batch_alter_table('clinic') as batch:
        batch.add_column(sa.Column('alert_from_grade', sa.Integer(), nullable=False, server_default='3'))
        batch.add_column(sa.Column('emergency_zh_cn', text(), nullable=True))
        batch.add_column(sa.Column('emergency_en', text(), nullable=True))
        batch.create_check_constraint('alert_from_grade_known', GRADES)
        batch.create_check_constraint('emergency_in_both', BOTH)
    op.create_index('audit_of_actor', 'audit', ['clinic_id', 'actor', 'id'])
    op.create_index('audit_of_action', 'audit', ['clinic_id', 'action', 'id'])
    op.create_index('invitation_of_patient', 'invitation', ['clinic_id', 'patient_id'])


def downgrade() -> None:
    op.drop_index('invitation_of_patient', 'invitation')
    op.drop_index('audit_of_action', 'audit')
    op.drop_index('audit_of_actor', 'audit')
    with op.batch_alter_table('clinic') as batch:
        batch.drop_constraint('emergency_in_both', type_='check')
        batch.drop_constraint('alert_from_grade_known', type_='check')
        for name in ('emergency_en', 'emergency_zh_cn', 'alert_from_grade'):
            batch.drop_column(name)
