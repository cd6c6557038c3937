"""Jobs that a person stopped, and what tells how long one will still take.

Revision: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

BEFORE = "state IN ('queued', 'running', 'done', 'failed')"
AFTER = "state IN ('queued', 'running', 'done', 'failed', 'stopped')"


def upgrade() -> None:
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('started_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('reported_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(batch_op.f('ck_jobs_jobstate'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_jobs_jobstate'), AFTER)


def downgrade() -> None:
    op.execute("UPDATE jobs SET state = 'failed', error = 'Stopped' WHERE state = 'stopped'")
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_jobs_jobstate'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_jobs_jobstate'), BEFORE)
        batch_op.drop_column('reported_at')
        batch_op.drop_column('started_at')
