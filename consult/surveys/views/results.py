"""The public results of a closed consultation."""

from flask import abort, render_template, request

from consult.db import utc_now
from consult.i18n import bilingual_route
from consult.suppression import THRESHOLD
from consult.surveys.models import Consultation
from consult.surveys.results.asked import asked
from consult.surveys.results.crosstab import crosstab, protected_crosstab
from consult.surveys.results.experience import public_experience
from consult.surveys.results.filters import DIMENSION_LABELS, chosen, offers
from consult.surveys.results.highlights import shown_highlights
from consult.surveys.results.keeping import current_counts
from consult.surveys.results.public import PublicResults
from consult.surveys.results.tallies import blocks
from consult.surveys.views.blueprint import bp, published_consultation
from consult.surveys.views.crossing import asked_pair, questions_to_cross


def _shown(slug: str) -> Consultation:
    """The consultation, when its results are public; 404 otherwise."""
    consultation = published_consultation(slug)
    if not consultation.shows_results(utc_now()):
        abort(404)
    return consultation


@bilingual_route(bp, "/consultations/<slug>/resultats", "/consultations/<slug>/results")
def results(slug: str) -> str:
    """How many answered, and what they chose; what they wrote is not shown.

    The address may ask for some people only: ``of=region:03``, ``lang:fr`` or ``channel:phone``.
    """
    consultation = _shown(slug)
    kept = current_counts(consultation)
    if kept is None:
        return render_template("surveys/results_waiting.html", consultation=consultation)
    offered = offers(consultation, with_versions=False)
    dimension, _colon, value = request.args.get("of", "").partition(":")
    filters = chosen(offered, {dimension: value})
    questions = kept.counts.seen(asked(consultation))
    public = PublicResults(kept.counts, questions)
    return render_template(
        "surveys/results.html",
        consultation=consultation,
        responses=public.responses({}),
        matching=public.responses(filters),
        blocks=blocks(questions, lambda one: public.tally(one, filters)),
        experience=public_experience(kept.counts),
        highlights=shown_highlights(consultation, kept.counts, questions),
        latest=len(consultation.versions),
        offers=offered,
        labels=DIMENSION_LABELS,
        filters=filters,
        as_of=kept.as_of,
        may_cross=len(questions_to_cross(questions)) > 1,
        threshold=THRESHOLD,
    )


@bilingual_route(
    bp,
    "/consultations/<slug>/resultats/croisement",
    "/consultations/<slug>/results/crosstab",
)
def results_crosstab(slug: str) -> str:
    """Two questions of the address (``first``, ``second``) crossed, without the small counts."""
    consultation = _shown(slug)
    kept = current_counts(consultation)
    if kept is None:
        return render_template("surveys/results_waiting.html", consultation=consultation)
    questions = kept.counts.seen(asked(consultation))
    pair, table = asked_pair(questions, request.args), None
    if pair.fits:
        public = PublicResults(kept.counts, questions)
        hidden = (frozenset(public.hidden_in_tally(one)) for one in pair.both)
        table = protected_crosstab(crosstab(consultation, *pair.both, {}), *hidden)
    return render_template(
        "surveys/results_crosstab.html",
        consultation=consultation,
        pair=pair,
        questions=questions_to_cross(questions),
        table=table,
        threshold=THRESHOLD,
    )
