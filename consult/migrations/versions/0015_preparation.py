"""How a consultation was prepared.

Revision: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


TEXTS = ('concerned', 'information', 'time_allowed', 'accessibility', 'report_back')


def upgrade() -> None:
    op.create_table('preparations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    *[sa.Column(f'{name}_{lang}', sa.Text(), server_default='', nullable=False) for name in TEXTS for lang in ('fr', 'en')],
    sa.Column('report_due_on', sa.Date(), nullable=True),
    sa.Column('promised_on', sa.Date(), nullable=True),
    sa.Column('report_given_on', sa.Date(), nullable=True),
    sa.Column('report_link', sa.String(length=500), server_default='', nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(report_due_on IS NULL) = (promised_on IS NULL)', name=op.f('ck_preparations_promise_has_its_day')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['accounts.id'], name=op.f('fk_preparations_changed_by_id')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_preparations_consultation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_preparations')),
    sa.UniqueConstraint('consultation_id', name=op.f('uq_preparations_consultation_id'))
    )
    op.create_index('ix_preparations_report_due_on', 'preparations', ['report_due_on'])
    op.create_table('report_reminders',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('preparation_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('step', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_report_reminders_account_id')),
    sa.ForeignKeyConstraint(['preparation_id'], ['preparations.id'], name=op.f('fk_report_reminders_preparation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_reminders')),
    sa.UniqueConstraint('preparation_id', 'account_id', 'due_on', 'step', name=op.f('uq_report_reminders_preparation_id_account_id_due_on_step'))
    )


def downgrade() -> None:
    op.drop_table('report_reminders')
    op.drop_table('preparations')
