"""Counts kept for lists of many services.

Revision: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('feedback_totals',
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('ratings', sa.Integer(), nullable=False),
    sa.Column('rating_sum', sa.Integer(), nullable=False),
    sa.Column('comments', sa.Integer(), nullable=False),
    sa.Column('last_item_id', sa.Integer(), nullable=False),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('ratings >= 0 AND comments >= 0', name=op.f('ck_feedback_totals_counts')),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_feedback_totals_service_id')),
    sa.PrimaryKeyConstraint('service_id', name=op.f('pk_feedback_totals'))
    )


def downgrade() -> None:
    op.drop_table('feedback_totals')
