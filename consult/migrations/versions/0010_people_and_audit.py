"""Agents, the audit trail, and how members of staff come in.

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


REFUSED = 'the audit trail is never changed'
GUARDS = {
    'sqlite': [
        *[
            f"CREATE TRIGGER audit_events_no_{verb} BEFORE {verb.upper()} ON audit_events "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"
            for verb in ('update', 'delete')
        ],
        "CREATE TRIGGER audit_events_no_replace BEFORE INSERT ON audit_events WHEN EXISTS "
        "(SELECT 1 FROM audit_events WHERE id = NEW.id OR public_id = NEW.public_id) "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    ],
    'postgresql': [
        "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$",
        "CREATE TRIGGER audit_events_no_change BEFORE UPDATE OR DELETE ON audit_events "
        "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()",
        "CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON audit_events "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()",
    ],
}


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
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['accounts.id'], name=op.f('fk_audit_events_actor_id')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_audit_events_organization_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_events')),
    sa.UniqueConstraint('public_id', name=op.f('uq_audit_events_public_id'))
    )
    op.create_index('ix_audit_events_organization_id_id', 'audit_events', ['organization_id', 'id'])
    op.create_index('ix_audit_events_at', 'audit_events', ['at'])
    op.create_index('ix_audit_events_actor_id_id', 'audit_events', ['actor_id', 'id'])
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)
    op.add_column('organizations', sa.Column('requires_second_factor', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('accounts', sa.Column('second_factor_at', sa.DateTime(timezone=True), nullable=True))
    _create_tables()


def _create_tables() -> None:
    _create_account_table('account_sessions',
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('method', sa.Enum('password', 'sso', name='signinmethod', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('device', sa.String(length=80), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    unique=['public_id', 'token_hash'],
    )
    op.create_index('ix_account_sessions_account_id', 'account_sessions', ['account_id'])
    _create_account_table('second_factors',
    sa.Column('sealed_secret', sa.Text(), nullable=False),
    sa.Column('last_step', sa.Integer(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    unique=['account_id'],
    )
    _create_account_table('recovery_codes',
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    unique=['code_hash'],
    )
    op.create_index('ix_recovery_codes_account_id', 'recovery_codes', ['account_id'])
    _create_account_table('password_resets',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    unique=['account_id', 'token_hash'],
    )
    _create_account_table('account_identities',
    sa.Column('issuer', sa.String(length=300), nullable=False),
    sa.Column('subject', sa.String(length=255), nullable=False),
    sa.Column('linked_at', sa.DateTime(timezone=True), nullable=False),
    sa.UniqueConstraint('issuer', 'subject', name=op.f('uq_account_identities_issuer_subject')),
    )
    op.create_index('ix_account_identities_account_id', 'account_identities', ['account_id'])
    op.create_table('staff_invitations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('role', _role(ROLES), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('invited_by_id', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_staff_invitations_organization_id')),
    sa.ForeignKeyConstraint(['invited_by_id'], ['accounts.id'], name=op.f('fk_staff_invitations_invited_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff_invitations')),
    sa.UniqueConstraint('public_id', name=op.f('uq_staff_invitations_public_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_staff_invitations_token_hash')),
    sa.UniqueConstraint('organization_id', 'email', name=op.f('uq_staff_invitations_organization_id_email'))
    )
    op.create_index('ix_staff_invitations_email', 'staff_invitations', ['email'])


def _create_account_table(name: str, *parts: sa.Column, unique: tuple[str, ...] = ()) -> None:
    """A table of things that belong to an account."""
    op.create_table(name,
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    *parts,
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f(f'fk_{name}_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{name}')),
    *[sa.UniqueConstraint(column, name=op.f(f'uq_{name}_{column}')) for column in unique],
    )


def downgrade() -> None:
    for name in ('staff_invitations', 'account_identities', 'password_resets', 'recovery_codes', 'second_factors', 'account_sessions'):
        op.drop_table(name)
    with op.batch_alter_table('accounts', schema=None) as batch_op:
        batch_op.drop_column('second_factor_at')
    with op.batch_alter_table('organizations', schema=None) as batch_op:
        batch_op.drop_column('requires_second_factor')
    op.drop_table('audit_events')
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('DROP FUNCTION refuse_audit_change()')
    op.execute("DELETE FROM memberships WHERE role = 'agent'")
    _allow(OLD_ROLES, ROLES)
