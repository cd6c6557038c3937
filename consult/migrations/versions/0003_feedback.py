"""Feedback: question sets, review, inbox, alerts, webhooks, tokens.

Revision: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

#: The words of comments: a search table that triggers keep in step, or a generated column with an index.
SEARCH_SQLITE = (
    "CREATE VIRTUAL TABLE feedback_words USING fts5(comment, content='feedback_items',"
    " content_rowid='id', tokenize='unicode61 remove_diacritics 2')",
    'CREATE TRIGGER feedback_words_added AFTER INSERT ON feedback_items WHEN new.comment <>'
    " '' BEGIN INSERT INTO feedback_words(rowid, comment) VALUES (new.id, new.comment); END",
    'CREATE TRIGGER feedback_words_removed AFTER DELETE ON feedback_items WHEN old.comment'
    " <> '' BEGIN INSERT INTO feedback_words(feedback_words, rowid, comment) VALUES"
    " ('delete', old.id, old.comment); END",
    'CREATE TRIGGER feedback_words_changed AFTER UPDATE OF comment ON feedback_items BEGIN'
    " INSERT INTO feedback_words(feedback_words, rowid, comment) SELECT 'delete', old.id,"
    " old.comment WHERE old.comment <> ''; INSERT INTO feedback_words(rowid, comment) SELECT"
    " new.id, new.comment WHERE new.comment <> ''; END",
)
SEARCH_POSTGRESQL = (
    'ALTER TABLE feedback_items ADD COLUMN words tsvector GENERATED ALWAYS AS'
    " (to_tsvector('pg_catalog.simple'::regconfig, translate(replace(replace(lower(comment),"
    " 'œ', 'oe'), 'Œ', 'oe'),"
    ' \'àâäáãåçéèêëíìîïñóòôöõúùûüýÿÀÂÄÁÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕÚÙÛÜÝŸ!"#%&()*+,-./;<=>?@[]^_`{|}~:\\«»'
    "‘’ʼ“”…–—‑·•°€£''', 'aaaaaaceeeeiiiinooooouuuuyyaaaaaaceeeeiiiinooooouuuuyy             "
    "                                  '))) STORED",
    'CREATE INDEX ix_feedback_items_words ON feedback_items USING gin (words)',
)


def make_search() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        statements = SEARCH_POSTGRESQL
    else:
        statements = (
            *SEARCH_SQLITE,
            "INSERT INTO feedback_words(rowid, comment)"
            " SELECT id, comment FROM feedback_items WHERE comment <> ''",
        )
    for statement in statements:
        op.execute(statement)


def drop_search() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute("DROP INDEX ix_feedback_items_words")
        op.execute("ALTER TABLE feedback_items DROP COLUMN words")
    else:
        for trigger in ('added', 'removed', 'changed'):
            op.execute(f"DROP TRIGGER feedback_words_{trigger}")
        op.execute("DROP TABLE feedback_words")


def upgrade() -> None:
    op.create_table('alert_subscriptions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('lang', sa.String(length=2), nullable=False),
    sa.Column('drop', sa.Boolean(), nullable=False),
    sa.Column('burst', sa.Boolean(), nullable=False),
    sa.Column('silence', sa.Boolean(), nullable=False),
    sa.Column('digest', sa.Boolean(), nullable=False),
    sa.Column('told_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('digest_until', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_alert_subscriptions_account_id')),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_alert_subscriptions_service_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert_subscriptions')),
    sa.UniqueConstraint('account_id', 'service_id', name=op.f('uq_alert_subscriptions_account_id_service_id'))
    )
    with op.batch_alter_table('alert_subscriptions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_alert_subscriptions_service_id'), ['service_id'], unique=False)

    op.create_table('api_tokens',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('last_used_on', sa.Date(), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['accounts.id'], name=op.f('fk_api_tokens_created_by_id')),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_api_tokens_service_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_api_tokens')),
    sa.UniqueConstraint('public_id', name=op.f('uq_api_tokens_public_id')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_api_tokens_token_hash'))
    )
    with op.batch_alter_table('api_tokens', schema=None) as batch_op:
        batch_op.create_index('ix_api_tokens_service_id', ['service_id'], unique=False)

    op.create_table('feedback_alerts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('drop', 'burst', 'silence', name='alertkind', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('details', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_feedback_alerts_service_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback_alerts')),
    sa.UniqueConstraint('service_id', 'kind', 'key', name=op.f('uq_feedback_alerts_service_id_kind_key'))
    )
    with op.batch_alter_table('feedback_alerts', schema=None) as batch_op:
        batch_op.create_index('ix_feedback_alerts_service_id_found_at', ['service_id', 'found_at'], unique=False)

    op.create_table('feedback_settings',
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('question_set', sa.String(length=40), nullable=False),
    sa.Column('display', sa.Enum('inline', 'button', name='display', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('asks_contact', sa.Boolean(), nullable=False),
    sa.Column('is_public', sa.Boolean(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_feedback_settings_service_id')),
    sa.PrimaryKeyConstraint('service_id', name=op.f('pk_feedback_settings'))
    )
    op.create_table('own_question_sets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('definition', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('number > 0', name=op.f('ck_own_question_sets_number_is_positive')),
    sa.ForeignKeyConstraint(['created_by_id'], ['accounts.id'], name=op.f('fk_own_question_sets_created_by_id')),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_own_question_sets_service_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_own_question_sets')),
    sa.UniqueConstraint('service_id', 'number', name=op.f('uq_own_question_sets_service_id_number'))
    )
    op.create_table('webhooks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    sa.Column('sealed_secret', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by_id', sa.Integer(), nullable=True),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['created_by_id'], ['accounts.id'], name=op.f('fk_webhooks_created_by_id')),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_webhooks_service_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_webhooks')),
    sa.UniqueConstraint('public_id', name=op.f('uq_webhooks_public_id'))
    )
    with op.batch_alter_table('webhooks', schema=None) as batch_op:
        batch_op.create_index('ix_webhooks_service_id', ['service_id'], unique=False)

    op.create_table('widget_scripts',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('service_id', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['service_id'], ['services.id'], name=op.f('fk_widget_scripts_service_id')),
    sa.PrimaryKeyConstraint('digest', 'service_id', name=op.f('pk_widget_scripts'))
    )
    with op.batch_alter_table('widget_scripts', schema=None) as batch_op:
        batch_op.create_index('ix_widget_scripts_service_id', ['service_id'], unique=False)

    op.create_table('feedback_contacts',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('sealed', sa.Text(), nullable=True),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['answered_by_id'], ['accounts.id'], name=op.f('fk_feedback_contacts_answered_by_id')),
    sa.ForeignKeyConstraint(['item_id'], ['feedback_items.id'], name=op.f('fk_feedback_contacts_item_id')),
    sa.PrimaryKeyConstraint('item_id', name=op.f('pk_feedback_contacts'))
    )
    op.create_table('feedback_notes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('note', 'answer', 'kept', 'set_aside', 'held', name='notekind', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['accounts.id'], name=op.f('fk_feedback_notes_author_id')),
    sa.ForeignKeyConstraint(['item_id'], ['feedback_items.id'], name=op.f('fk_feedback_notes_item_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feedback_notes'))
    )
    with op.batch_alter_table('feedback_notes', schema=None) as batch_op:
        batch_op.create_index('ix_feedback_notes_item_id', ['item_id'], unique=False)

    op.create_table('feedback_tags',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('tag', sa.String(length=40), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("tag <> ''", name=op.f('ck_feedback_tags_tag_says_something')),
    sa.ForeignKeyConstraint(['added_by_id'], ['accounts.id'], name=op.f('fk_feedback_tags_added_by_id')),
    sa.ForeignKeyConstraint(['item_id'], ['feedback_items.id'], name=op.f('fk_feedback_tags_item_id')),
    sa.PrimaryKeyConstraint('item_id', 'tag', name=op.f('pk_feedback_tags'))
    )
    with op.batch_alter_table('feedback_tags', schema=None) as batch_op:
        batch_op.create_index('ix_feedback_tags_tag', ['tag'], unique=False)

    op.create_table('webhook_deliveries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('webhook_id', sa.Integer(), nullable=False),
    sa.Column('event', sa.String(length=60), nullable=False),
    sa.Column('payload', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('state', sa.Enum('waiting', 'delivered', 'failed', name='deliverystate', native_enum=False, create_constraint=True, length=20), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_attempt_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_status', sa.Integer(), nullable=True),
    sa.Column('last_error', sa.String(length=60), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('delivered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('attempts >= 0', name=op.f('ck_webhook_deliveries_attempts_are_counted')),
    sa.ForeignKeyConstraint(['webhook_id'], ['webhooks.id'], name=op.f('fk_webhook_deliveries_webhook_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_webhook_deliveries')),
    sa.UniqueConstraint('public_id', name=op.f('uq_webhook_deliveries_public_id'))
    )
    with op.batch_alter_table('webhook_deliveries', schema=None) as batch_op:
        batch_op.create_index('ix_webhook_deliveries_state_next_attempt_at', ['state', 'next_attempt_at'], unique=False)
        batch_op.create_index('ix_webhook_deliveries_webhook_id_created_at', ['webhook_id', 'created_at'], unique=False)

    with op.batch_alter_table('feedback_items', schema=None) as batch_op:
        batch_op.add_column(sa.Column('question_set', sa.String(length=40), server_default='rating', nullable=False))
        batch_op.add_column(sa.Column('answers', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default='{}', nullable=False))
        batch_op.add_column(sa.Column('reference', sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column('review', sa.Enum('clear', 'held', 'kept', 'set_aside', name='review', native_enum=False, create_constraint=True, length=20), server_default='clear', nullable=False))
        batch_op.add_column(sa.Column('signals', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('words_mark', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('handled_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('handled_by_id', sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f('ck_feedback_items_says_something'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_feedback_items_says_something'), "rating IS NOT NULL OR comment <> '' OR answers <> '{}'")
        batch_op.create_index('ix_feedback_items_service_id_review', ['service_id', 'review'], unique=False)
        batch_op.create_index('ix_feedback_items_service_id_words_mark_submitted_at', ['service_id', 'words_mark', 'submitted_at'], unique=False, postgresql_where=sa.text('words_mark IS NOT NULL'), sqlite_where=sa.text('words_mark IS NOT NULL'))
        batch_op.create_foreign_key(batch_op.f('fk_feedback_items_handled_by_id'), 'accounts', ['handled_by_id'], ['id'])

    make_search()


def downgrade() -> None:
    drop_search()
    # What the first releases could not hold: answers to other questions, without a rating or words.
    for table in ('feedback_contacts', 'feedback_notes', 'feedback_tags'):
        op.execute(f"DELETE FROM {table}")
    op.execute("DELETE FROM feedback_items WHERE rating IS NULL AND comment = ''")
    # What was held or set aside would count, and be public, there.
    op.execute("DELETE FROM feedback_items WHERE review NOT IN ('clear', 'kept')")
    op.execute("DELETE FROM jobs WHERE kind LIKE 'tell %' OR kind LIKE 'watch %'")
    with op.batch_alter_table('feedback_items', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_feedback_items_handled_by_id'), type_='foreignkey')
        batch_op.drop_index('ix_feedback_items_service_id_words_mark_submitted_at')
        batch_op.drop_index('ix_feedback_items_service_id_review')
        batch_op.drop_constraint(batch_op.f('ck_feedback_items_says_something'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_feedback_items_review'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_feedback_items_says_something'), "rating IS NOT NULL OR comment <> ''")
        batch_op.drop_column('handled_by_id')
        batch_op.drop_column('handled_at')
        batch_op.drop_column('words_mark')
        batch_op.drop_column('signals')
        batch_op.drop_column('review')
        batch_op.drop_column('reference')
        batch_op.drop_column('answers')
        batch_op.drop_column('question_set')

    with op.batch_alter_table('webhook_deliveries', schema=None) as batch_op:
        batch_op.drop_index('ix_webhook_deliveries_webhook_id_created_at')
        batch_op.drop_index('ix_webhook_deliveries_state_next_attempt_at')

    op.drop_table('webhook_deliveries')
    with op.batch_alter_table('feedback_tags', schema=None) as batch_op:
        batch_op.drop_index('ix_feedback_tags_tag')

    op.drop_table('feedback_tags')
    with op.batch_alter_table('feedback_notes', schema=None) as batch_op:
        batch_op.drop_index('ix_feedback_notes_item_id')

    op.drop_table('feedback_notes')
    op.drop_table('feedback_contacts')
    with op.batch_alter_table('widget_scripts', schema=None) as batch_op:
        batch_op.drop_index('ix_widget_scripts_service_id')

    op.drop_table('widget_scripts')
    with op.batch_alter_table('webhooks', schema=None) as batch_op:
        batch_op.drop_index('ix_webhooks_service_id')

    op.drop_table('webhooks')
    op.drop_table('own_question_sets')
    op.drop_table('feedback_settings')
    with op.batch_alter_table('feedback_alerts', schema=None) as batch_op:
        batch_op.drop_index('ix_feedback_alerts_service_id_found_at')

    op.drop_table('feedback_alerts')
    with op.batch_alter_table('api_tokens', schema=None) as batch_op:
        batch_op.drop_index('ix_api_tokens_service_id')

    op.drop_table('api_tokens')
    with op.batch_alter_table('alert_subscriptions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_alert_subscriptions_service_id'))

    op.drop_table('alert_subscriptions')
