"""Many public bodies, services, consultations and pieces of feedback, made inside PostgreSQL.

They stand beside what is there already, and change nothing of it.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True)
class Mass:
    """How many of each are added."""

    bodies: int
    services: int
    consultations: int
    feedback: int


_BODIES = """
INSERT INTO organizations (slug, name_fr, name_en, created_at)
SELECT 'masse-' || n, 'Organisme ' || n, 'Body ' || n, now() FROM generate_series(1, :bodies) AS n
"""

_SERVICES = """
INSERT INTO services (slug, key, organization_id, name_fr, name_en, launched_on, is_new, is_digital,
  channels, allowed_origins, created_at)
SELECT 'masse-' || n, 'masse-' || n, b.id, 'Service ' || n, 'Service ' || n,
  current_date - (n % 1500)::int, n % 3 = 0, true, '["web"]', '[]', now()
FROM generate_series(1, :services) AS n
JOIN organizations AS b ON b.slug = 'masse-' || (n % :bodies + 1)
"""

_CONSULTATIONS = """
INSERT INTO consultations (public_id, slug, organization_id, title_fr, title_en, summary_fr,
  summary_en, opens_at, closes_at, minutes, created_at, published_at)
SELECT gen_random_uuid(), 'masse-' || n, b.id, 'Consultation ' || n, 'Consultation ' || n,
  'Résumé', 'Summary', now() - n * interval '1 day', now() - (n - 20) * interval '1 day', 5, now(),
  now() - n * interval '1 day'
FROM generate_series(1, :consultations) AS n
JOIN organizations AS b ON b.slug = 'masse-' || (n % :bodies + 1)
"""

#: One in three has words; they come in over three years, the services by turns.
_FEEDBACK = """
INSERT INTO feedback_items (public_id, service_id, idempotency_key, rating, comment, lang, channel,
  submitted_at)
SELECT gen_random_uuid(), s.id, n::text, (n * 7 % 5) + 1,
  CASE WHEN n % 3 = 0 THEN (ARRAY[
    'La page est claire mais l’attente au téléphone est trop longue',
    'The form asks twice for the same thing', 'Le code ne vient pas', 'Easy to find'
  ])[n % 4 + 1] ELSE '' END,
  CASE WHEN n % 5 = 0 THEN 'en' ELSE 'fr' END, 'web',
  now() - ((:feedback - n)::float / :feedback) * interval '1095 days'
FROM generate_series(cast(:first AS integer), cast(:last AS integer)) AS n
JOIN services AS s ON s.slug = 'masse-' || (n % :services + 1)
"""

_AT_ONCE = 500_000


def add_mass(connection: Connection, mass: Mass) -> None:
    """Adds it all and lets PostgreSQL know how much there is; commits as it goes.

    The connection commits each statement by itself (``AUTOCOMMIT``).
    """
    numbers = {"bodies": mass.bodies, "services": mass.services}
    connection.execute(text(_BODIES), {"bodies": mass.bodies})
    connection.execute(text(_SERVICES), numbers)
    connection.execute(
        text(_CONSULTATIONS), {"bodies": mass.bodies, "consultations": mass.consultations}
    )
    for first in range(1, mass.feedback + 1, _AT_ONCE):
        last = min(first + _AT_ONCE - 1, mass.feedback)
        connection.execute(
            text(_FEEDBACK),
            {
                "feedback": mass.feedback,
                "services": mass.services,
                "first": first,
                "last": last,
            },
        )
    connection.exec_driver_sql("VACUUM ANALYZE")
