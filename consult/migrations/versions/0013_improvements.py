"""What an improvement was drawn from, what is expected and came of it, and who is told.

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


JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
CHECKS = (
    ('improvementsource', "source IN ('theme', 'alert', 'activity', 'idea')"),
    ('effort', "effort IN ('small', 'medium', 'large')"),
    ('expectedfigure', "expected_figure IN ('share', 'rating')"),
)
COLUMNS = (
    ('consultation_id', sa.Integer(), None),
    ('alert_id', sa.Integer(), None),
    ('activity_id', sa.Integer(), None),
    ('source', sa.String(length=20), 'theme'),
    ('due_on', sa.Date(), None),
    ('effort', sa.String(length=20), None),
    ('expected_fr', sa.Text(), ''),
    ('expected_en', sa.Text(), ''),
    ('expected_figure', sa.String(length=20), None),
    ('evidence', JSON, '{}'),
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
        for name, condition in CHECKS:
            batch_op.create_check_constraint(batch_op.f(f'ck_improvements_{name}'), condition)
        batch_op.create_index(batch_op.f('ix_improvements_consultation_id'), ['consultation_id'])
        batch_op.create_index('ix_improvements_organization_id_changed_at', ['organization_id', 'changed_at'])
    op.execute(
        'UPDATE improvements SET consultation_id = ('
        'SELECT a.consultation_id FROM themes t JOIN analyses a ON a.id = t.analysis_id '
        'WHERE t.id = improvements.theme_id) WHERE service_id IS NULL'
    )
    _history_and_measures()
    _followers()


def _history_and_measures() -> None:
    op.create_table('improvement_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('improvement_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor_name', sa.String(length=120), nullable=False),
    sa.Column('action', sa.String(length=60), nullable=False),
    sa.Column('changes', JSON, nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['accounts.id'], name=op.f('fk_improvement_changes_actor_id')),
    sa.ForeignKeyConstraint(['improvement_id'], ['improvements.id'], name=op.f('fk_improvement_changes_improvement_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_improvement_changes'))
    )
    op.create_index('ix_improvement_changes_improvement_id_at', 'improvement_changes', ['improvement_id', 'at'])
    op.create_table('improvement_measures',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('improvement_id', sa.Integer(), nullable=False),
    sa.Column('measured_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('asked_by_id', sa.Integer(), nullable=True),
    sa.Column('analysis_id', sa.Integer(), nullable=True),
    sa.Column('figures', JSON, nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['analysis_id'], ['analyses.id'], name=op.f('fk_improvement_measures_analysis_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['asked_by_id'], ['accounts.id'], name=op.f('fk_improvement_measures_asked_by_id')),
    sa.ForeignKeyConstraint(['improvement_id'], ['improvements.id'], name=op.f('fk_improvement_measures_improvement_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_improvement_measures')),
    sa.UniqueConstraint('improvement_id', 'analysis_id', name=op.f('uq_improvement_measures_improvement_id_analysis_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_improvement_measures_public_id'))
    )
    op.create_index('ix_improvement_measures_improvement_id_measured_at', 'improvement_measures', ['improvement_id', 'measured_at'])


def _followers() -> None:
    op.create_table('followers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=True),
    sa.Column('consultation_id', sa.Integer(), nullable=True),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('sealed', sa.Text(), nullable=False),
    sa.Column('mark', sa.String(length=64), nullable=False),
    sa.Column('person', sa.String(length=64), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("lang IN ('fr', 'en')", name=op.f('ck_followers_lang_is_known')),
    sa.CheckConstraint('service_id IS NULL OR consultation_id IS NULL', name=op.f('ck_followers_one_subject')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_followers_consultation_id')),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_followers_service_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_followers')),
    sa.UniqueConstraint('mark', name=op.f('uq_followers_mark')),
    sa.UniqueConstraint('public_id', name=op.f('uq_followers_public_id'))
    )
    op.create_index('ix_followers_service_id', 'followers', ['service_id'])
    op.create_index('ix_followers_consultation_id', 'followers', ['consultation_id'])
    op.create_index('ix_followers_person', 'followers', ['person'])
    op.create_table('announcements',
    sa.Column('improvement_id', sa.Integer(), nullable=False),
    sa.Column('announced_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['improvement_id'], ['improvements.id'], name=op.f('fk_announcements_improvement_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('improvement_id', name=op.f('pk_announcements'))
    )
    op.create_table('follower_letters',
    sa.Column('follower_id', sa.Integer(), nullable=False),
    sa.Column('improvement_id', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['follower_id'], ['followers.id'], name=op.f('fk_follower_letters_follower_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['improvement_id'], ['improvements.id'], name=op.f('fk_follower_letters_improvement_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('follower_id', 'improvement_id', name=op.f('pk_follower_letters'))
    )
    op.create_index('ix_follower_letters_improvement_id_sent_at', 'follower_letters', ['improvement_id', 'sent_at'])


def downgrade() -> None:
    for name in ('follower_letters', 'announcements', 'followers', 'improvement_measures', 'improvement_changes'):
        op.drop_table(name)
    with op.batch_alter_table('improvements', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_improvements_consultation_id'))
        batch_op.drop_index('ix_improvements_organization_id_changed_at')
        for name, _condition in CHECKS:
            batch_op.drop_constraint(batch_op.f(f'ck_improvements_{name}'), type_='check')
        for name, _table, _gone in KEYS:
            batch_op.drop_constraint(batch_op.f(f'fk_improvements_{name}'), type_='foreignkey')
        for name, _kind, _default in reversed(COLUMNS):
            batch_op.drop_column(name)
