"""What the register says of a service, and consultations held elsewhere.

Revision: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


STAGES = "stage IN ('planned', 'pilot', 'live', 'retired')"


def upgrade() -> None:
    with op.batch_alter_table('services', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_end_to_end', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('owner', sa.String(length=200), server_default='', nullable=False))
        batch_op.add_column(sa.Column('stage', sa.String(length=20), server_default='live', nullable=False))
        batch_op.add_column(sa.Column('take_up', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('take_up_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('retired_on', sa.Date(), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_services_take_up_is_a_share'), 'take_up BETWEEN 0 AND 1')
        batch_op.create_check_constraint(batch_op.f('ck_services_take_up_has_a_date'), '(take_up IS NULL) = (take_up_on IS NULL)')
        batch_op.create_check_constraint(batch_op.f('ck_services_servicestage'), STAGES)
        batch_op.create_index('ix_services_stage_launched_on', ['stage', 'launched_on'])

    op.create_table('outside_consultations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.Uuid(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.Column('title_fr', sa.Text(), server_default='', nullable=False),
    sa.Column('title_en', sa.Text(), server_default='', nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('means', sa.JSON().with_variant(postgresql.JSONB(), "postgresql"), nullable=False),
    sa.Column('address', sa.String(length=500), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('closes_on >= opens_on', name=op.f('ck_outside_consultations_closes_after_opening')),
    sa.ForeignKeyConstraint(['organization_id'], ['organizations.id'], name=op.f('fk_outside_consultations_organization_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outside_consultations')),
    sa.UniqueConstraint('public_id', name=op.f('uq_outside_consultations_public_id'))
    )
    op.create_index('ix_outside_consultations_organization_id_opens_on', 'outside_consultations', ['organization_id', 'opens_on'])


def downgrade() -> None:
    op.drop_table('outside_consultations')
    with op.batch_alter_table('services', schema=None) as batch_op:
        batch_op.drop_index('ix_services_stage_launched_on')
        batch_op.drop_constraint(batch_op.f('ck_services_servicestage'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_services_take_up_has_a_date'), type_='check')
        batch_op.drop_constraint(batch_op.f('ck_services_take_up_is_a_share'), type_='check')
        for name in ('retired_on', 'take_up_on', 'take_up', 'stage', 'owner', 'is_end_to_end'):
            batch_op.drop_column(name)
