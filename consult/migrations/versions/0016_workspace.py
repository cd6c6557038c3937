"""Counts kept for lists of many services, and letters to a team.

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
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('ratings >= 0 AND comments >= 0', name=op.f('ck_feedback_totals_counts')),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_feedback_totals_service_id')),
    sa.PrimaryKeyConstraint('service_id', name=op.f('pk_feedback_totals'))
    )
    op.create_table('feedback_seen',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last_item_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_feedback_seen_one_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback_seen'))
    )
    op.create_table('letter_subscriptions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('weekly', sa.Boolean(), nullable=False),
    sa.Column('reminders', sa.Boolean(), nullable=False),
    sa.Column('weekly_until', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_letter_subscriptions_account_id')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_letter_subscriptions_organization_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_subscriptions')),
    sa.UniqueConstraint('account_id', 'organization_id', name=op.f('uq_letter_subscriptions_account_id_organization_id'))
    )
    op.create_index(op.f('ix_letter_subscriptions_organization_id'), 'letter_subscriptions', ['organization_id'])
    op.create_table('sent_reminders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('improvement_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['improvement_id'], ['improvements.id'], name=op.f('fk_sent_reminders_improvement_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sent_reminders')),
    sa.UniqueConstraint('improvement_id', 'due_on', 'days', name=op.f('uq_sent_reminders_improvement_id_due_on_days'))
    )


def downgrade() -> None:
    op.drop_table('sent_reminders')
    op.drop_table('letter_subscriptions')
    op.drop_table('feedback_seen')
    op.drop_table('feedback_totals')
