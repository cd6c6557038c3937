"""Pieces of comments that people put in themes.

Revision: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

BESIDE = '(piece_start IS NULL) = (piece_end IS NULL) AND (piece_start IS NULL OR NOT is_main AND piece_start < piece_end)'


def upgrade() -> None:
    with op.batch_alter_table('codeframe_placements', schema=None) as batch_op:
        batch_op.add_column(sa.Column('piece_start', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('piece_end', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_codeframe_placements_piece_beside_the_main_theme'), BESIDE)


def downgrade() -> None:
    with op.batch_alter_table('codeframe_placements', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_codeframe_placements_piece_beside_the_main_theme'), type_='check')
        batch_op.drop_column('piece_end')
        batch_op.drop_column('piece_start')
