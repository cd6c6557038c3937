""" "You said, we did": of everything, of a service, of a consultation, as pages and as feeds."""

from collections.abc import Mapping
from contextlib import suppress

from flask import Response, abort, current_app, redirect, render_template, request
from flask_babel import gettext as _
from limits import parse
from redis import RedisError
from werkzeug.wrappers import Response as BaseResponse

from consult import mail
from consult.addresses import asked_page
from consult.analysis.improvements.measured_words import public_sentences, whole_method
from consult.analysis.improvements.models import (
    Improvement,
    ImprovementMeasure,
    ImprovementState,
)
from consult.analysis.improvements.reads import (
    PER_PAGE,
    public_improvements,
    public_page,
    published_measures,
)
from consult.config import Settings
from consult.db import SAFE_METHODS, db, utc_now
from consult.feedback.queries.asking import public_services
from consult.i18n import bilingual_route, current_lang, format_date
from consult.jobs import queue
from consult.letters import full
from consult.organizations.queries import service_by_slug
from consult.publishing.addresses import feed_path, improvement_path, page_path
from consult.publishing.feed import Entry, Feed
from consult.publishing.forms import FollowForm
from consult.publishing.services.following import follow
from consult.publishing.subjects import Followed
from consult.publishing.views.blueprint import bp
from consult.security import csrf, limiter
from consult.surveys.queries import consultation_by_slug

Page = str | BaseResponse | tuple[str, int]

#: Wishes to follow that one service, or one consultation, takes in an hour: never counted by
#: address of who asks.
MOST_WISHES = parse("60 per hour")

#: Seconds that a feed may be kept.
FEED_KEPT = 600


def _of_service(slug: str | None) -> Followed:
    return Followed(service=service_by_slug(slug) or abort(404)) if slug else Followed()


def _of_consultation(slug: str) -> Followed:
    """A consultation that is public, or was held elsewhere."""
    found = consultation_by_slug(slug)
    if found is None or not found.published_at:
        abort(404)
    return Followed(consultation=found)


@bilingual_route(bp, "/vous-avez-dit-nous-avons-fait", "/you-said-we-did", methods=["GET", "POST"])
@bilingual_route(
    bp, "/vous-avez-dit-nous-avons-fait/<slug>", "/you-said-we-did/<slug>", methods=["GET", "POST"]
)
@csrf.exempt
def you_said(slug: str | None = None) -> Page:
    """What was done, or declined and why; of every service or of one."""
    return _page(_of_service(slug))


@bilingual_route(
    bp,
    "/vous-avez-dit-nous-avons-fait/consultations/<slug>",
    "/you-said-we-did/consultations/<slug>",
    methods=["GET", "POST"],
)
@csrf.exempt
def you_said_consultation(slug: str) -> Page:
    """The same of what a consultation said."""
    return _page(_of_consultation(slug))


@bilingual_route(bp, "/vous-avez-dit-nous-avons-fait/flux.atom", "/you-said-we-did/feed.atom")
@bilingual_route(
    bp, "/vous-avez-dit-nous-avons-fait/<slug>/flux.atom", "/you-said-we-did/<slug>/feed.atom"
)
def feed(slug: str | None = None) -> Response:
    """The latest of everything or of a service, for a feed reader."""
    return _feed(_of_service(slug))


@bilingual_route(
    bp,
    "/vous-avez-dit-nous-avons-fait/consultations/<slug>/flux.atom",
    "/you-said-we-did/consultations/<slug>/feed.atom",
)
def feed_consultation(slug: str) -> Response:
    """The same of a consultation."""
    return _feed(_of_consultation(slug))


@bilingual_route(bp, "/mesure-des-effets", "/measuring-effects")
def measuring() -> str:
    """How what came of an improvement is worked out."""
    return render_template("publishing/measuring.html", method=whole_method())


def _page(followed: Followed) -> Page:
    """The page; sent with the form, keeps who wants to hear."""
    form = FollowForm(data={"lang": current_lang()}) if mail.can_send(_settings()) else None
    if request.method not in SAFE_METHODS:
        if form is None:
            abort(404)
        if form.validate():
            return _follow(followed, form)
    page = public_page(followed.about, asked_page())
    html = render_template(
        "publishing/you_said.html",
        followed=followed,
        page=page,
        measures=_told(page.items),
        sentences_of=public_sentences,
        public_services=public_services(followed.service) if not followed.consultation else [],
        form=form,
        feed=feed_path(followed),
        is_asked=request.args.get("asked") == "yes",
    )
    return html, 422 if form and form.errors else 200


def _told(improvements: list[Improvement]) -> dict[int, ImprovementMeasure]:
    """What came of those that are done, where the team said it is public."""
    return published_measures([i for i in improvements if i.state is ImprovementState.DONE])


def _follow(followed: Followed, form: FollowForm) -> BaseResponse:
    """Keeps the wish; the answer is the same whether the address follows already or not."""
    with suppress(RedisError):  # nobody goes without because the counts are out of reach
        if not limiter.limiter.hit(MOST_WISHES, "follow", followed.key):
            abort(429)
    address, lang = str(form.address.data), str(form.lang.data)
    job = follow(_settings(), followed, address, lang, utc_now())
    db.session.commit()
    if job is not None:
        queue.announce(job)
    return redirect(page_path(followed, asked="yes", _anchor="follow"), code=303)


def _feed(followed: Followed) -> Response:
    lang, other = current_lang(), "en" if current_lang() == "fr" else "fr"
    improvements = list(public_improvements(followed.about, limit=PER_PAGE))
    measures = _told(improvements)
    title, name = _("You said, we did"), followed.name
    made = Feed(
        lang=lang,
        title=f"{title} – {name.in_language(lang)}" if name else str(title),
        link=full(page_path(followed)),
        address=full(feed_path(followed)),
        others={other: full(feed_path(followed, lang_code=other))},
        entries=[_entry(one, measures) for one in improvements],
    )
    response = Response(made.xml(), mimetype="application/atom+xml")
    response.cache_control.public = True
    response.cache_control.max_age = FEED_KEPT
    response.add_etag()
    response.make_conditional(request)
    return response


def _entry(improvement: Improvement, measures: Mapping[int, ImprovementMeasure]) -> Entry:
    lang, settled = current_lang(), improvement.settled_at or improvement.changed_at
    is_done = improvement.state is ImprovementState.DONE
    outcome = improvement.did if is_done else improvement.reason
    heading = _("We did") if is_done else _("We will not do it. Here is why")
    said = [
        (str(_("You said")), improvement.said.in_language(lang)),
        (str(heading), outcome.in_language(lang)),
    ]
    updated = settled
    if measured := measures.get(improvement.id):
        moment = _("What came of it, measured on %(date)s", date=format_date(measured.measured_at))
        said.append((str(moment), " ".join(public_sentences(measured))))
        updated = max(settled, measured.published_at or settled)
    return Entry(
        id=improvement.public_id.urn,
        title=improvement.title.in_language(lang),
        link=full(improvement_path(improvement)),
        author=improvement.organization.name.in_language(lang),
        published=settled,
        updated=updated,
        said=said,
    )


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found
