"""Repeated comments are looked up by their words first.

Revision: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

SAID = sa.text('words_mark IS NOT NULL')


def upgrade() -> None:
    op.drop_index('ix_feedback_items_service_id_words_mark_submitted_at', 'feedback_items')
    op.create_index('ix_feedback_items_words_mark_submitted_at', 'feedback_items', ['words_mark', 'submitted_at'], postgresql_where=SAID, sqlite_where=SAID)


def downgrade() -> None:
    op.drop_index('ix_feedback_items_words_mark_submitted_at', 'feedback_items')
    op.create_index('ix_feedback_items_service_id_words_mark_submitted_at', 'feedback_items', ['service_id', 'words_mark', 'submitted_at'], postgresql_where=SAID, sqlite_where=SAID)
