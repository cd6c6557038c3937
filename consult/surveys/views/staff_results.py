"""The results as the staff reads them while a consultation runs, and after."""

from flask import current_app, render_template, request, url_for
from flask_login import login_required

from consult.i18n import bilingual_route
from consult.organizations.permissions import can_edit_consultations
from consult.suppression import THRESHOLD
from consult.surveys.results.asked import Asked, asked
from consult.surveys.results.counts import Counts, Filters
from consult.surveys.results.crosstab import crosstab
from consult.surveys.results.experience import experience_of
from consult.surveys.results.filters import DIMENSION_LABELS, chosen, offers
from consult.surveys.results.keeping import current_counts
from consult.surveys.results.tallies import blocks, tally
from consult.surveys.results.timeline import periods
from consult.surveys.views.blueprint import actor, bp, readable_consultation
from consult.surveys.views.crossing import asked_pair, questions_to_cross

#: Where an open question is analysed, when that slice is plugged in.
ANALYSES = "analysis.dashboard"


@bilingual_route(
    bp, "/equipe/consultations/<slug>/resultats", "/staff/consultations/<slug>/results"
)
@login_required
def staff_results(slug: str) -> str:
    """Every question's counts, by the filters of the address (region, channel, lang, version)."""
    consultation = readable_consultation(slug)
    kept = current_counts(consultation)
    if kept is None:
        return render_template("surveys/results_waiting.html", consultation=consultation)
    offered = offers(consultation, with_versions=True)
    filters = chosen(offered, request.args)
    questions = kept.counts.seen(asked(consultation))
    return render_template(
        "surveys/staff_results.html",
        consultation=consultation,
        responses=kept.counts.responses(),
        matching=kept.counts.responses(filters),
        blocks=blocks(questions, lambda one: tally(kept.counts, one, filters)),
        open_questions=_open_questions(questions, kept.counts, filters),
        analyses=url_for(ANALYSES) if ANALYSES in current_app.view_functions else None,
        periods=periods(kept.counts.days),
        experience=experience_of(kept.counts),
        latest=len(consultation.versions),
        offers=offered,
        labels=DIMENSION_LABELS,
        filters=filters,
        as_of=kept.as_of,
        may_cross=len(questions_to_cross(questions)) > 1,
        may_edit=can_edit_consultations(actor(), consultation.organization),
        threshold=THRESHOLD,
    )


@bilingual_route(
    bp,
    "/equipe/consultations/<slug>/resultats/croisement",
    "/staff/consultations/<slug>/results/crosstab",
)
@login_required
def staff_crosstab(slug: str) -> str:
    """Two questions of the address (``first``, ``second``) crossed, by its filters, as of now."""
    consultation = readable_consultation(slug)
    offered = offers(consultation, with_versions=True)
    filters = chosen(offered, request.args)
    questions = asked(consultation)
    pair = asked_pair(questions, request.args)
    return render_template(
        "surveys/staff_crosstab.html",
        consultation=consultation,
        pair=pair,
        questions=questions_to_cross(questions),
        table=crosstab(consultation, *pair.both, filters) if pair.fits else None,
        offers=offered,
        labels=DIMENSION_LABELS,
        filters=filters,
        threshold=THRESHOLD,
    )


def _open_questions(
    questions: tuple[Asked, ...], counts: Counts, filters: Filters
) -> list[tuple[Asked, int]]:
    """The questions people answer in their own words, and how many did."""
    open_ones = (one for one in questions if one.kind == "open")
    return [(one, counts.answered(one.name, filters)) for one in open_ones]
