"""Segments, shares, sub-themes and campaigns of analyses, and what the ranking rests on.

Revision: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), 'postgresql')
OF_THEMES = ('voices', 'share_low', 'share_high', 'polarity', 'severity', 'burden', 'burden_low', 'burden_high', 'stability')


def upgrade() -> None:
    with op.batch_alter_table('analyses', schema=None) as batch_op:
        batch_op.add_column(sa.Column('voices', sa.Double(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('in_campaigns', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('basis', sa.String(length=10), server_default='ratings', nullable=False))

    with op.batch_alter_table('themes', schema=None) as batch_op:
        for name in OF_THEMES:
            batch_op.add_column(sa.Column(name, sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('phrases', JSON, nullable=True))
        batch_op.add_column(sa.Column('subgroups', JSON, nullable=True))

    with op.batch_alter_table('theme_comments', schema=None) as batch_op:
        batch_op.add_column(sa.Column('share', sa.Double(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('polarity', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('segments', JSON, nullable=True))
        batch_op.add_column(sa.Column('sub_theme', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('campaign', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_theme_comments_share_is_a_share'), 'share >= 0 AND share <= 1')

    op.create_table('sub_themes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('theme_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('label_fr', sa.Text(), server_default='', nullable=False),
    sa.Column('label_en', sa.Text(), server_default='', nullable=False),
    sa.Column('comments', sa.Integer(), nullable=False),
    sa.Column('share', sa.Double(), nullable=False),
    sa.Column('mean_rating', sa.Double(), nullable=True),
    sa.CheckConstraint('share >= 0 AND share <= 1', name=op.f('ck_sub_themes_share_is_a_share')),
    sa.ForeignKeyConstraint(['theme_id'], ['themes.id'], name=op.f('fk_sub_themes_theme_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sub_themes')),
    sa.UniqueConstraint('theme_id', 'number', name=op.f('uq_sub_themes_theme_id_number'))
    )
    op.create_table('campaigns',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('analysis_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('comments', sa.Integer(), nullable=False),
    sa.Column('theme', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('feedback', 'answer', name='commentkind', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('comment_id', sa.Uuid(), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.ForeignKeyConstraint(['analysis_id'], ['analyses.id'], name=op.f('fk_campaigns_analysis_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_campaigns')),
    sa.UniqueConstraint('analysis_id', 'number', name=op.f('uq_campaigns_analysis_id_number'))
    )


def downgrade() -> None:
    op.drop_table('campaigns')
    op.drop_table('sub_themes')
    with op.batch_alter_table('theme_comments', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_theme_comments_share_is_a_share'), type_='check')
        for name in ('campaign', 'sub_theme', 'segments', 'polarity', 'share'):
            batch_op.drop_column(name)
    with op.batch_alter_table('themes', schema=None) as batch_op:
        batch_op.drop_column('subgroups')
        batch_op.drop_column('phrases')
        for name in reversed(OF_THEMES):
            batch_op.drop_column(name)
    with op.batch_alter_table('analyses', schema=None) as batch_op:
        for name in ('basis', 'in_campaigns', 'voices'):
            batch_op.drop_column(name)
