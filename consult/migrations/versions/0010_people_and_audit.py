"""Agents, and the audit trail.

Revision: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


OLD_ROLES = ('administrator', 'editor', 'analyst', 'viewer')
ROLES = (*OLD_ROLES[:3], 'agent', OLD_ROLES[3])


def _role(roles: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*roles, name='role', native_enum=False, create_constraint=True, length=20)


def _allow(roles: tuple[str, ...], instead_of: tuple[str, ...]) -> None:
    """The check of an enumeration goes with its column's type."""
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.alter_column('role', existing_type=_role(instead_of), type_=_role(roles), existing_nullable=False)


def upgrade() -> None:
    _allow(ROLES, OLD_ROLES)
    op.create_table('audit_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor_name', sa.String(length=120), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=True),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('changes', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['accounts.id'], name=op.f('fk_audit_events_actor_id')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_audit_events_organization_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_events')),
    sa.UniqueConstraint('public_id', name=op.f('uq_audit_events_public_id'))
    )
    op.create_index('ix_audit_events_organization_id_at', 'audit_events', ['organization_id', 'at'])
    op.create_index('ix_audit_events_at', 'audit_events', ['at'])


def downgrade() -> None:
    op.drop_table('audit_events')
    op.execute("DELETE FROM memberships WHERE role = 'agent'")
    _allow(OLD_ROLES, ROLES)
