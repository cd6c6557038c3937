"""What an improvement was drawn from, and what is expected of it.

Revision: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


SOURCES = "source IN ('theme', 'alert', 'activity', 'idea')"
COLUMNS = (
    ('consultation_id', sa.Integer(), None),
    ('alert_id', sa.Integer(), None),
    ('activity_id', sa.Integer(), None),
    ('source', sa.String(length=20), 'theme'),
    ('due_on', sa.Date(), None),
    ('effort', sa.String(length=20), None),
    ('expected_fr', sa.Text(), ''),
    ('expected_en', sa.Text(), ''),
    ('evidence', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), '{}'),
)
KEYS = (
    ('consultation_id', 'consultations', None),
    ('alert_id', 'feedback_alerts', 'SET NULL'),
    ('activity_id', 'activities', 'SET NULL'),
)


def upgrade() -> None:
    with op.batch_alter_table('improvements', schema=None) as batch_op:
        for name, kind, default in COLUMNS:
            batch_op.add_column(sa.Column(name, kind, server_default=default, nullable=default is None))
        for name, table, gone in KEYS:
            batch_op.create_foreign_key(batch_op.f(f'fk_improvements_{name}'), table, [name], ['id'], ondelete=gone)
        batch_op.create_check_constraint(batch_op.f('ck_improvements_improvementsource'), SOURCES)
        batch_op.create_index(batch_op.f('ix_improvements_consultation_id'), ['consultation_id'])


def downgrade() -> None:
    with op.batch_alter_table('improvements', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_improvements_consultation_id'))
        batch_op.drop_constraint(batch_op.f('ck_improvements_improvementsource'), type_='check')
        for name, _table, _gone in KEYS:
            batch_op.drop_constraint(batch_op.f(f'fk_improvements_{name}'), type_='foreignkey')
        for name, _kind, _default in reversed(COLUMNS):
            batch_op.drop_column(name)
