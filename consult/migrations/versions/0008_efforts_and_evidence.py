"""The trend of each theme, the effort a team sees in it, and what the figures come from.

Revision: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

FIGURES = ('share_before', 'share_after', 'trend_p')


def upgrade() -> None:
    with op.batch_alter_table('themes', schema=None) as batch_op:
        for name in FIGURES:
            batch_op.add_column(sa.Column(name, sa.Double(), nullable=True))

    op.create_table('theme_efforts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('theme_id', sa.Integer(), nullable=False),
    sa.Column('effort', sa.Enum('small', 'medium', 'large', name='effort', native_enum=False, create_constraint=True, length=20), nullable=True),
    sa.Column('set_by_id', sa.Integer(), nullable=False),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['set_by_id'], ['accounts.id'], name=op.f('fk_theme_efforts_set_by_id')),
    sa.ForeignKeyConstraint(['theme_id'], ['themes.id'], name=op.f('fk_theme_efforts_theme_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_theme_efforts')),
    sa.UniqueConstraint('theme_id', name=op.f('uq_theme_efforts_theme_id'))
    )
    op.create_table('analysis_evidence',
    sa.Column('analysis_id', sa.Integer(), nullable=False),
    sa.Column('comments', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['analysis_id'], ['analyses.id'], name=op.f('fk_analysis_evidence_analysis_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('analysis_id', name=op.f('pk_analysis_evidence'))
    )


def downgrade() -> None:
    op.drop_table('analysis_evidence')
    op.drop_table('theme_efforts')
    with op.batch_alter_table('themes', schema=None) as batch_op:
        for name in reversed(FIGURES):
            batch_op.drop_column(name)
