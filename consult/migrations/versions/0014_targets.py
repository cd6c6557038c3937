"""The targets: figures kept by month, declared indicators.

Revision: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('target_snapshots',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.Column('target', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('counted', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('entries', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('counted BETWEEN 0 AND total', name=op.f('ck_target_snapshots_counted_are_of_the_total')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_target_snapshots_organization_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_target_snapshots')),
    sa.UniqueConstraint('organization_id', 'target', 'month', name=op.f('uq_target_snapshots_organization_id_target_month'))
    )
    op.create_index('ix_target_snapshots_target_month', 'target_snapshots', ['target', 'month'])
    op.create_table('indicator_declarations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.Column('indicator', sa.String(length=40), nullable=False),
    sa.Column('value', sa.Double(), nullable=False),
    sa.Column('measured_on', sa.Date(), nullable=False),
    sa.Column('evidence_fr', sa.Text(), server_default='', nullable=False),
    sa.Column('evidence_en', sa.Text(), server_default='', nullable=False),
    sa.Column('link', sa.String(length=500), nullable=False),
    sa.Column('declared_by_id', sa.Integer(), nullable=False),
    sa.Column('declared_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('value BETWEEN 0 AND 100', name=op.f('ck_indicator_declarations_value_is_a_percentage')),
    sa.ForeignKeyConstraint(['declared_by_id'], ['accounts.id'], name=op.f('fk_indicator_declarations_declared_by_id')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_indicator_declarations_organization_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_indicator_declarations')),
    sa.UniqueConstraint('public_id', name=op.f('uq_indicator_declarations_public_id'))
    )
    op.create_index('ix_indicator_declarations_latest', 'indicator_declarations', ['organization_id', 'indicator', 'measured_on'])


def downgrade() -> None:
    op.drop_table('indicator_declarations')
    op.drop_table('target_snapshots')
