"""The questionnaire engine: drafts beside what was sent, invitations, uploads, results.

Revision: 0002
Revises: 0001
"""

import secrets

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from consult.db import UTCDateTime

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('counts_tables',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('covers_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('counted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('counts', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_counts_tables_consultation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_counts_tables')),
    sa.UniqueConstraint('consultation_id', 'key', name=op.f('uq_counts_tables_consultation_id_key'))
    )
    op.create_table('invitations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('reference', sa.String(length=120), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_invitations_consultation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_invitations_code_hash'))
    )
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.create_index('ix_invitations_consultation_id_reference', ['consultation_id', 'reference'], unique=False)

    op.create_table('questionnaire_drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('definition', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['changed_by_id'], ['accounts.id'], name=op.f('fk_questionnaire_drafts_changed_by_id')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_questionnaire_drafts_consultation_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_questionnaire_drafts')),
    sa.UniqueConstraint('consultation_id', name=op.f('uq_questionnaire_drafts_consultation_id'))
    )
    op.create_table('highlights',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('consultation_id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(length=80), nullable=False),
    sa.Column('choices', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('filters', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('words_fr', sa.Text(), server_default='', nullable=False),
    sa.Column('words_en', sa.Text(), server_default='', nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('base', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('computed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_highlights_consultation_id')),
    sa.ForeignKeyConstraint(['version_id'], ['questionnaire_versions.id'], name=op.f('fk_highlights_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_highlights')),
    sa.UniqueConstraint('public_id', name=op.f('uq_highlights_public_id'))
    )
    with op.batch_alter_table('highlights', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_highlights_consultation_id'), ['consultation_id'], unique=False)

    op.create_table('uploads',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('response_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(length=80), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('extension', sa.String(length=8), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('uploaded_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('size > 0', name=op.f('ck_uploads_is_not_empty')),
    sa.ForeignKeyConstraint(['response_id'], ['responses.id'], name=op.f('fk_uploads_response_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_uploads')),
    sa.UniqueConstraint('public_id', name=op.f('uq_uploads_public_id'))
    )
    with op.batch_alter_table('uploads', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_uploads_response_id'), ['response_id'], unique=False)

    with op.batch_alter_table('consultations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('grace_minutes', sa.Integer(), server_default='30', nullable=False))
        batch_op.add_column(sa.Column('access', sa.Enum('open', 'invited', name='access', native_enum=False, create_constraint=True, length=20), server_default='open', nullable=False))
        batch_op.add_column(sa.Column('held_elsewhere', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('stale_texts', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default='[]', nullable=False))
        batch_op.create_check_constraint(batch_op.f('ck_consultations_grace_is_short'), 'grace_minutes BETWEEN 0 AND 1440')

    with op.batch_alter_table('responses', schema=None) as batch_op:
        batch_op.add_column(sa.Column('draft', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=True))
        batch_op.add_column(sa.Column('entered_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('browser_mark', sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column('experience_rating', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('experience_comment', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('corrected_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('updated_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(batch_op.f('ck_responses_submitted_has_time_and_receipt'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_responses_responsestate'), type_='check')

    _carry_responses_over()

    with op.batch_alter_table('responses', schema=None) as batch_op:
        batch_op.alter_column('receipt_code', existing_type=sa.String(length=12), nullable=False)
        batch_op.alter_column('updated_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column('channel', existing_type=sa.String(length=40), type_=sa.String(length=20), existing_nullable=False)
        batch_op.create_check_constraint(batch_op.f('ck_responses_channel'), "channel IN ('web', 'phone', 'counter', 'paper', 'file')")
        batch_op.create_check_constraint(batch_op.f('ck_responses_responsestate'), "state IN ('draft', 'submitted', 'withdrawn')")
        batch_op.create_check_constraint(batch_op.f('ck_responses_submitted_has_time'), "(state = 'draft') = (submitted_at IS NULL)")
        batch_op.create_check_constraint(batch_op.f('ck_responses_draft_has_draft'), "state != 'draft' OR draft IS NOT NULL")
        batch_op.create_check_constraint(batch_op.f('ck_responses_experience_is_a_step'), "experience_rating BETWEEN 1 AND 5")
        batch_op.create_index('ix_responses_consultation_id_updated_at', ['consultation_id', 'updated_at'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_responses_entered_by_id'), 'accounts', ['entered_by_id'], ['id'])


def _carry_responses_over():
    """What is being written moves to its own column, and every response gets its code at once."""
    responses = sa.table(
        'responses', *map(sa.column, ('id', 'state', 'receipt_code', 'channel')),
        sa.column('answers', sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
        sa.column('draft', sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
        *(sa.column(name, UTCDateTime) for name in ('started_at', 'submitted_at', 'updated_at')),
    )
    moment = sa.func.coalesce(responses.c.submitted_at, responses.c.started_at)
    op.execute(responses.update().values(updated_at=moment))
    op.execute(responses.update().where(responses.c.channel.not_in(('web', 'phone', 'counter', 'paper'))).values(channel='file'))
    drafts = responses.c.state == 'draft'
    op.execute(responses.update().where(drafts).values(draft=responses.c.answers))
    op.execute(responses.update().where(drafts).values(answers={}))
    connection = op.get_bind()
    without_code = sa.select(responses.c.id).where(responses.c.receipt_code.is_(None))
    for (response_id,) in connection.execute(without_code).all():
        code = ''.join(secrets.choice('0123456789ABCDEFGHJKMNPQRSTVWXYZ') for _symbol in range(12))
        connection.execute(responses.update().where(responses.c.id == response_id).values(receipt_code=code))


def _carry_responses_back():
    """Drafts are answers again, without a code; what was withdrawn has nothing left to keep."""
    responses = sa.table(
        'responses', *map(sa.column, ('state', 'receipt_code')),
        sa.column('answers', sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
        sa.column('draft', sa.JSON().with_variant(postgresql.JSONB(), "postgresql")),
    )
    op.execute(responses.delete().where(responses.c.state == 'withdrawn'))
    drafts = responses.c.state == 'draft'
    op.execute(responses.update().where(drafts).values(answers=responses.c.draft))
    op.execute(responses.update().where(drafts).values(receipt_code=None))


def downgrade() -> None:
    op.execute("DELETE FROM uploads WHERE response_id IN (SELECT id FROM responses WHERE state = 'withdrawn')")
    with op.batch_alter_table('responses', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_responses_entered_by_id'), type_='foreignkey')
        batch_op.drop_index('ix_responses_consultation_id_updated_at')
        for name in ('experience_is_a_step', 'draft_has_draft', 'submitted_has_time', 'responsestate', 'channel'):
            batch_op.drop_constraint(batch_op.f(f'ck_responses_{name}'), type_='check')
        batch_op.alter_column('channel', existing_type=sa.String(length=20), type_=sa.String(length=40), existing_nullable=False)
        batch_op.alter_column('receipt_code', existing_type=sa.String(length=12), nullable=True)

    _carry_responses_back()

    with op.batch_alter_table('responses', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_responses_responsestate'), "state IN ('draft', 'submitted')")
        batch_op.create_check_constraint(batch_op.f('ck_responses_submitted_has_time_and_receipt'), "(state = 'submitted') = (submitted_at IS NOT NULL AND receipt_code IS NOT NULL)")
        for name in ('updated_at', 'corrected_at', 'experience_comment', 'experience_rating', 'browser_mark', 'entered_by_id', 'draft'):
            batch_op.drop_column(name)

    with op.batch_alter_table('consultations', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_consultations_grace_is_short'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_consultations_access'), type_='check')
        batch_op.drop_column('stale_texts')
        batch_op.drop_column('held_elsewhere')
        batch_op.drop_column('access')
        batch_op.drop_column('grace_minutes')

    with op.batch_alter_table('uploads', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_uploads_response_id'))

    op.drop_table('uploads')
    with op.batch_alter_table('highlights', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_highlights_consultation_id'))

    op.drop_table('highlights')
    op.drop_table('questionnaire_drafts')
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.drop_index('ix_invitations_consultation_id_reference')

    op.drop_table('invitations')
    op.drop_table('counts_tables')
