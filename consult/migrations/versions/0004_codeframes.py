"""Codeframes: the themes people keep, their versions, and where comments stand.

Revision: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('themes', sa.Column('key', sa.Uuid(), nullable=True))
    op.create_table('codeframes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=True),
    sa.Column('consultation_id', sa.Integer(), nullable=True),
    sa.Column('question', sa.String(length=80), nullable=True),
    sa.Column('read_until', sa.String(length=60), server_default='', nullable=False),
    sa.Column('job_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(consultation_id IS NULL) = (question IS NULL)', name=op.f('ck_codeframes_question_of_consultation')),
    sa.CheckConstraint('(service_id IS NULL) <> (consultation_id IS NULL)', name=op.f('ck_codeframes_one_subject')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_codeframes_consultation_id')),
    sa.ForeignKeyConstraint(['job_id'], ['jobs.id'], name=op.f('fk_codeframes_job_id')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_codeframes_organization_id')),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_codeframes_service_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_codeframes')),
    sa.UniqueConstraint('consultation_id', 'question', name=op.f('uq_codeframes_consultation_id_question')),
    sa.UniqueConstraint('public_id', name=op.f('uq_codeframes_public_id')),
    sa.UniqueConstraint('service_id', name=op.f('uq_codeframes_service_id'))
    )
    with op.batch_alter_table('codeframes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_codeframes_organization_id'), ['organization_id'], unique=False)

    op.create_table('codeframe_assignments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('codeframe_id', sa.Integer(), nullable=False),
    sa.Column('comment_id', sa.Uuid(), nullable=False),
    sa.Column('theme_key', sa.Uuid(), nullable=True),
    sa.Column('sureness', sa.Enum('sure', 'unsure', 'nowhere', 'silent', name='sureness', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('cosine', sa.Double(), nullable=False),
    sa.CheckConstraint("(theme_key IS NULL) = (sureness IN ('nowhere', 'silent'))", name=op.f('ck_codeframe_assignments_theme_when_placed')),
    sa.CheckConstraint('cosine >= 0 AND cosine <= 1', name=op.f('ck_codeframe_assignments_cosine_is_a_share')),
    sa.ForeignKeyConstraint(['codeframe_id'], ['codeframes.id'], name=op.f('fk_codeframe_assignments_codeframe_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_codeframe_assignments')),
    sa.UniqueConstraint('codeframe_id', 'comment_id', name=op.f('uq_codeframe_assignments_codeframe_id_comment_id'))
    )
    with op.batch_alter_table('codeframe_assignments', schema=None) as batch_op:
        batch_op.create_index('ix_codeframe_assignments_codeframe_id_theme_key', ['codeframe_id', 'theme_key'], unique=False)

    op.create_table('codeframe_models',
    sa.Column('codeframe_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('themes', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('state', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('arrays', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['codeframe_id'], ['codeframes.id'], name=op.f('fk_codeframe_models_codeframe_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('codeframe_id', name=op.f('pk_codeframe_models'))
    )
    op.create_table('codeframe_placements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('codeframe_id', sa.Integer(), nullable=False),
    sa.Column('comment_id', sa.Uuid(), nullable=False),
    sa.Column('theme_key', sa.Uuid(), nullable=False),
    sa.Column('is_main', sa.Boolean(), nullable=False),
    sa.Column('since', sa.Integer(), nullable=False),
    sa.Column('until', sa.Integer(), nullable=True),
    sa.CheckConstraint('until IS NULL OR until > since', name=op.f('ck_codeframe_placements_since_before_until')),
    sa.ForeignKeyConstraint(['codeframe_id'], ['codeframes.id'], name=op.f('fk_codeframe_placements_codeframe_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_codeframe_placements'))
    )
    with op.batch_alter_table('codeframe_placements', schema=None) as batch_op:
        batch_op.create_index('ix_codeframe_placements_codeframe_id_comment_id', ['codeframe_id', 'comment_id'], unique=False)

    op.create_table('codeframe_proposals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('codeframe_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('split', 'new', name='proposalkind', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('theme_key', sa.Uuid(), nullable=True),
    sa.Column('groups', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True),
    sa.Column('among', sa.Integer(), nullable=False),
    sa.Column('job_id', sa.Integer(), nullable=True),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['codeframe_id'], ['codeframes.id'], name=op.f('fk_codeframe_proposals_codeframe_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['job_id'], ['jobs.id'], name=op.f('fk_codeframe_proposals_job_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_codeframe_proposals')),
    sa.UniqueConstraint('public_id', name=op.f('uq_codeframe_proposals_public_id'))
    )
    with op.batch_alter_table('codeframe_proposals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_codeframe_proposals_codeframe_id'), ['codeframe_id'], unique=False)

    op.create_table('codeframe_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('codeframe_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('act', sa.Enum('adopt', 'copy', 'rename', 'merge', 'split', 'move', 'confirm', 'add', 'place_under', 'pin', 'unpin', 'exclude', 'include', 'undo', name='act', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('details', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('equals', sa.Integer(), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(act = 'undo') = (equals IS NOT NULL)", name=op.f('ck_codeframe_versions_undo_equals_one')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_codeframe_versions_numbered_from_1')),
    sa.ForeignKeyConstraint(['codeframe_id'], ['codeframes.id'], name=op.f('fk_codeframe_versions_codeframe_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['made_by_id'], ['accounts.id'], name=op.f('fk_codeframe_versions_made_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_codeframe_versions')),
    sa.UniqueConstraint('codeframe_id', 'number', name=op.f('uq_codeframe_versions_codeframe_id_number'))
    )
    op.create_table('codeframe_themes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Uuid(), nullable=False),
    sa.Column('label_fr', sa.Text(), server_default='', nullable=False),
    sa.Column('label_en', sa.Text(), server_default='', nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('parent_key', sa.Uuid(), nullable=True),
    sa.Column('merged_into', sa.Uuid(), nullable=True),
    sa.Column('pinned', sa.Boolean(), nullable=False),
    sa.Column('excluded', sa.Boolean(), nullable=False),
    sa.CheckConstraint('merged_into IS NULL OR merged_into <> key', name=op.f('ck_codeframe_themes_not_merged_in_itself')),
    sa.CheckConstraint('parent_key IS NULL OR parent_key <> key', name=op.f('ck_codeframe_themes_not_under_itself')),
    sa.ForeignKeyConstraint(['version_id'], ['codeframe_versions.id'], name=op.f('fk_codeframe_themes_version_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_codeframe_themes')),
    sa.UniqueConstraint('version_id', 'key', name=op.f('uq_codeframe_themes_version_id_key'))
    )


def downgrade() -> None:
    op.drop_table('codeframe_themes')
    op.drop_table('codeframe_versions')
    with op.batch_alter_table('codeframe_proposals', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_codeframe_proposals_codeframe_id'))

    op.drop_table('codeframe_proposals')
    with op.batch_alter_table('codeframe_placements', schema=None) as batch_op:
        batch_op.drop_index('ix_codeframe_placements_codeframe_id_comment_id')

    op.drop_table('codeframe_placements')
    op.drop_table('codeframe_models')
    with op.batch_alter_table('codeframe_assignments', schema=None) as batch_op:
        batch_op.drop_index('ix_codeframe_assignments_codeframe_id_theme_key')

    op.drop_table('codeframe_assignments')
    with op.batch_alter_table('codeframes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_codeframes_organization_id'))

    op.drop_table('codeframes')
    op.drop_column('themes', 'key')
