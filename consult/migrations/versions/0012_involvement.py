"""Involvement activities and their documents.

Revision: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


KINDS = ('focus_group', 'survey', 'interview', 'remote_interview', 'observation', 'usability_test', 'co_design', 'other')
TEXTS = ('title', 'profile', 'learned', 'changed')


def upgrade() -> None:
    op.create_table('activities',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum(*KINDS, name='activitykind', native_enum=False, create_constraint=True, length=20), nullable=False),
    *[sa.Column(f'{name}_{lang}', sa.Text(), server_default='', nullable=False) for name in TEXTS for lang in ('fr', 'en')],
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('themes', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('shared_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('shares_documents', sa.Boolean(), server_default=sa.false(), nullable=False),
    sa.Column('searched', sa.Text(), server_default='', nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_activities_ends_after_it_starts')),
    sa.CheckConstraint('people > 0', name=op.f('ck_activities_some_people')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_activities_organization_id')),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['accounts.id'], name=op.f('fk_activities_recorded_by_id')),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_activities_service_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activities')),
    sa.UniqueConstraint('public_id', name=op.f('uq_activities_public_id'))
    )
    op.create_index(op.f('ix_activities_organization_id'), 'activities', ['organization_id'])
    op.create_index('ix_activities_service_id_starts_on', 'activities', ['service_id', 'starts_on'])
    op.create_index('ix_activities_shared_at', 'activities', ['shared_at'])
    op.create_table('activity_documents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('activity_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('extension', sa.String(length=10), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['activity_id'], ['activities.id'], name=op.f('fk_activity_documents_activity_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_activity_documents')),
    sa.UniqueConstraint('public_id', name=op.f('uq_activity_documents_public_id'))
    )
    op.create_index(op.f('ix_activity_documents_activity_id'), 'activity_documents', ['activity_id'])


def downgrade() -> None:
    op.drop_table('activity_documents')
    op.drop_table('activities')
