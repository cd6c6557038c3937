"""The codeframe: its themes, their comments, what waits, its history; each act is one form."""

import uuid
from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from consult.addresses import GREATEST_NUMBER, asked_page
from consult.analysis.codeframe_words import told
from consult.analysis.codeframes import (
    acts,
    comment_lists,
    pieces,
    proposing,
    reading,
    starting,
    versions,
)
from consult.analysis.codeframes.errors import CodeframeError, NothingChosenError
from consult.analysis.codeframes.models import Act, Codeframe, CodeframeProposal, CodeframeTheme
from consult.analysis.queries.subjects import (
    Subject,
    subject_of,
    subject_of_service,
    subjects_of_services,
)
from consult.analysis.views.blueprint import actor, bp
from consult.analysis.views.reports import readable_analysis
from consult.db import SAFE_METHODS, Localized, db, utc_now
from consult.i18n import bilingual_route
from consult.jobs import queue
from consult.organizations.permissions import can_correct_codeframes, can_read_reports, require
from consult.organizations.queries import organizations_of

Page = str | Response

#: Themes may be copied to services of so many public bodies, the own one first.
NEIGHBOURS = 20

FR, EN = "/analyses/grilles/<uuid:public_id>", "/analyses/codeframes/<uuid:public_id>"


def readable(public_id: uuid.UUID) -> Codeframe:
    """The codeframe, when it exists and the person may read it (or change it, to send a form)."""
    codeframe = versions.codeframe_by_public_id(public_id) or abort(404)
    allowed = can_read_reports if request.method in SAFE_METHODS else can_correct_codeframes
    require(allowed, actor(), codeframe.organization)
    return codeframe


def shown_page(codeframe: Codeframe, template: str, **more: Any) -> str:
    return render_template(
        f"analysis/codeframe/{template}.html",
        codeframe=codeframe,
        subject=subject_of(codeframe),
        may_correct=can_correct_codeframes(actor(), codeframe.organization),
        **more,
    )


def act_on(codeframe: Codeframe, act: Callable[[], object], done: str, **there: Any) -> Response:
    """Does an act and says so, or says why it can't be done; leads to ``there`` either way."""
    try:
        act()
    except CodeframeError as error:
        db.session.rollback()
        flash(str(error.message))
    else:
        db.session.commit()
        flash(done)
    endpoint = there.pop("endpoint", ".codeframe")
    return redirect(url_for(endpoint, public_id=codeframe.public_id, **there), code=303)


def asked_id(name: str) -> uuid.UUID:
    try:
        return uuid.UUID(request.form.get(name, ""))
    except ValueError as error:
        raise NothingChosenError() from error


def _asked_comments() -> list[uuid.UUID]:
    try:
        return [uuid.UUID(chosen) for chosen in request.form.getlist("comment")[:1000]]
    except ValueError as error:
        raise NothingChosenError() from error


def _asked_label(suffix: str = "") -> Localized:
    """The name written in the form; a character that no database keeps is left out."""
    fr, en = (request.form.get(f"label_{lang}{suffix}", "") for lang in ("fr", "en"))
    return Localized(fr.replace("\0", ""), en.replace("\0", ""))


@bilingual_route(
    bp,
    "/analyses/<uuid:public_id>/grille",
    "/analyses/<uuid:public_id>/codeframe",
    methods=["POST"],
)
@login_required
def adopt(public_id: uuid.UUID) -> Response:
    """Keeps an analysis's themes as the codeframe of its subject."""
    analysis = readable_analysis(public_id)
    require(can_correct_codeframes, actor(), analysis.organization)
    try:
        made = starting.adopt(actor(), analysis, utc_now())
    except CodeframeError as error:
        db.session.rollback()
        flash(str(error.message))
        return redirect(url_for(".report", public_id=public_id), code=303)
    db.session.commit()
    flash(_("These themes are kept. What comes in from now on is placed in them."))
    return redirect(url_for(".codeframe", public_id=made.public_id), code=303)


@bilingual_route(bp, FR, EN, methods=["GET", "POST"])
@login_required
def codeframe(public_id: uuid.UUID) -> Page:
    """All themes, what waits and what fits nowhere; a POST copies them to another service."""
    shown = readable(public_id)
    if request.method not in SAFE_METHODS:
        target = subject_of_service(request.form.get("service", "").replace("\0", ""))
        if target is None or target.service is None:
            abort(404)
        service = target.service
        require(can_correct_codeframes, actor(), service.organization)
        return act_on(
            shown,
            lambda: starting.copy(actor(), shown, service, utc_now()),
            _("The themes are copied. Comments of the other service are placed in a few minutes."),
        )
    standing = reading.standing(shown)
    return shown_page(
        shown,
        "themes",
        standing=standing,
        proposals=versions.open_proposals(shown),
        targets=[
            subject
            for subject in versions.without_codeframe(_services_near(shown))
            if can_correct_codeframes(actor(), subject.organization)
        ],
    )


@bilingual_route(
    bp, f"{FR}/themes/<uuid:theme_key>", f"{EN}/themes/<uuid:theme_key>", methods=["GET", "POST"]
)
@login_required
def codeframe_theme(public_id: uuid.UUID, theme_key: uuid.UUID) -> Page:
    """A theme's comments and what can be done with it; a POST does it."""
    shown = readable(public_id)
    if request.method not in SAFE_METHODS:
        return _act_on_theme(shown, theme_key)
    standing = reading.standing(shown, examples=False)
    themes = versions.living(standing.version.themes)
    theme = next((theme for theme in themes if theme.key == theme_key), None) or abort(404)
    page = comment_lists.comments_in(standing.version, theme_key, asked_page())
    return shown_page(
        shown,
        "theme",
        standing=standing,
        theme=theme,
        others=[other for other in themes if other.key != theme_key],
        tops=_possible_parents(themes, theme),
        page=page,
        words=comment_lists.quotations_of(shown, [row.comment_id for row in page.items]),
        parted=pieces.parted(shown, [row.comment_id for row in page.items]),
        split=next((p for p in versions.open_proposals(shown) if p.theme_key == theme_key), None),
    )


def _services_near(shown: Codeframe) -> list[Subject]:
    """Services that themes may be copied to: the same public body's, and its neighbours'."""
    bodies = sorted(organizations_of(actor()), key=lambda body: body.id != shown.organization_id)
    return subjects_of_services(bodies[:NEIGHBOURS])


def _possible_parents(themes: list[CodeframeTheme], theme: CodeframeTheme) -> list[CodeframeTheme]:
    if any(other.parent_key == theme.key for other in themes):
        return []
    return [other for other in themes if not other.parent_key and other.key != theme.key]


def _act_on_theme(shown: Codeframe, key: uuid.UUID) -> Response:
    verb, now, person = request.form.get("act", ""), utc_now(), actor()
    here = {"endpoint": ".codeframe_theme", "theme_key": key}
    if verb == "rename":
        return act_on(
            shown, lambda: acts.rename(person, shown, key, _asked_label(), now),
            _("The theme has a new name."), **here,
        )  # fmt: skip
    if verb == "merge":
        return act_on(
            shown, lambda: acts.merge(person, shown, key, asked_id("to"), now),
            _("The themes are merged."),
        )  # fmt: skip
    if verb == "place_under":
        parent = asked_id("to") if request.form.get("to") else None
        return act_on(
            shown, lambda: acts.place_under(person, shown, key, parent, now),
            _("The theme has its new place."), **here,
        )  # fmt: skip
    if verb == "split":
        return _ask(shown, key)
    if verb not in {Act.PIN, Act.UNPIN, Act.EXCLUDE, Act.INCLUDE}:
        abort(422)
    return act_on(
        shown, lambda: acts.mark(person, shown, key, Act(verb), now),
        _("The theme is marked."), **here,
    )  # fmt: skip


def _ask(shown: Codeframe, key: uuid.UUID | None) -> Response:
    """Asks for groups among comments and leads to their page."""
    try:
        proposal = proposing.ask(actor(), shown, key)
    except CodeframeError as error:
        db.session.rollback()
        flash(str(error.message))
        back: dict[str, Any] = {"theme_key": key} if key else {}
        endpoint = ".codeframe_theme" if key else ".codeframe_nowhere"
        return redirect(url_for(endpoint, public_id=shown.public_id, **back), code=303)
    db.session.commit()
    if proposal.job and proposal.groups is None:
        queue.announce(proposal.job)
    return redirect(_address(proposal), code=303)


def _address(proposal: CodeframeProposal) -> str:
    return url_for(
        ".codeframe_proposal",
        public_id=proposal.codeframe.public_id,
        proposal_id=proposal.public_id,
    )


@bilingual_route(bp, f"{FR}/commentaires", f"{EN}/comments", methods=["POST"])
@login_required
def codeframe_comments(public_id: uuid.UUID) -> Response:
    """Moves the ticked comments, accepts where they stand, or makes a theme of them."""
    shown, form = readable(public_id), request.form
    verb, now, person = form.get("act", ""), utc_now(), actor()

    def act() -> object:
        comments = _asked_comments()
        if verb == "confirm":
            return acts.confirm(person, shown, comments, now)
        if verb == "add":
            return acts.add_theme(person, shown, _asked_label(), comments, now)
        also = verb == "also"
        return acts.move(person, shown, comments, asked_id("to"), now, also=also)

    if verb not in {"confirm", "add", "move", "also"}:
        abort(422)
    return act_on(shown, act, _("The comments are placed, and will stay so."), **_where_from())


def _where_from() -> dict[str, Any]:
    """The list the form stood on."""
    place = request.form.get("from", "")
    if place in {"unsure", "nowhere"}:
        return {"endpoint": f".codeframe_{place}"}
    try:
        return {"endpoint": ".codeframe_theme", "theme_key": uuid.UUID(place)}
    except ValueError:
        return {}


@bilingual_route(bp, f"{FR}/a-confirmer", f"{EN}/to-confirm")
@login_required
def codeframe_unsure(public_id: uuid.UUID) -> str:
    """The comments the machine is unsure of."""
    shown = readable(public_id)
    version, page = (
        versions.current_version(shown),
        comment_lists.comments_to_confirm(shown, asked_page()),
    )
    ends, themes = versions.resolved(version.themes), versions.living(version.themes)
    labels = {theme.key: theme.label for theme in themes}
    return shown_page(
        shown,
        "unsure",
        others=themes,
        page=page,
        labels={
            row.comment_id: labels.get(ends.get(row.theme_key, row.theme_key)) for row in page.items
        },
        words=comment_lists.quotations_of(shown, [row.comment_id for row in page.items]),
    )


@bilingual_route(bp, f"{FR}/nulle-part", f"{EN}/nowhere", methods=["GET", "POST"])
@login_required
def codeframe_nowhere(public_id: uuid.UUID) -> Page:
    """The comments that fit no theme yet; a POST asks for themes among them."""
    shown = readable(public_id)
    if request.method not in SAFE_METHODS:
        return _ask(shown, None)
    version = versions.current_version(shown)
    page = comment_lists.comments_nowhere(version, asked_page())
    return shown_page(
        shown,
        "nowhere",
        others=versions.living(version.themes),
        page=page,
        least=proposing.LEAST,
        words=comment_lists.quotations_of(shown, [row.comment_id for row in page.items]),
        proposal=next((p for p in versions.open_proposals(shown) if not p.theme_key), None),
    )


@bilingual_route(bp, f"{FR}/historique", f"{EN}/history", methods=["GET", "POST"])
@login_required
def codeframe_history(public_id: uuid.UUID) -> Page:
    """Who did what, the last act first; a POST goes back to an earlier version."""
    shown = readable(public_id)
    if request.method not in SAFE_METHODS:
        number = min(max(request.form.get("number", 0, type=int), 0), GREATEST_NUMBER)
        return act_on(
            shown,
            lambda: acts.undo(actor(), shown, number, utc_now()),
            _("The codeframe is again as it was in version %(number)s.", number=number),
            endpoint=".codeframe_history",
        )
    return shown_page(shown, "history", versions=versions.versions(shown, limit=200), told=told)


@bilingual_route(
    bp,
    f"{FR}/propositions/<uuid:proposal_id>",
    f"{EN}/proposals/<uuid:proposal_id>",
    methods=["GET", "POST"],
)
@login_required
def codeframe_proposal(public_id: uuid.UUID, proposal_id: uuid.UUID) -> Page:
    """Groups of comments proposed as themes; a POST accepts some, or sets all aside."""
    shown = readable(public_id)
    proposal = versions.proposal_by_public_id(shown, proposal_id) or abort(404)
    if request.method not in SAFE_METHODS:
        return _settle(shown, proposal)
    groups = proposal.groups or []
    examples = [uuid.UUID(one) for group in groups for one in group["comments"][:5]]
    version = versions.current_version(shown)
    split = next((t for t in version.themes if t.key == proposal.theme_key), None)
    return shown_page(
        shown,
        "proposal",
        proposal=proposal,
        split=split,
        words={
            str(key): said for key, said in comment_lists.quotations_of(shown, examples).items()
        },
    )


def _settle(shown: Codeframe, proposal: CodeframeProposal) -> Response:
    now, person, form = utc_now(), actor(), request.form
    if form.get("act") == "set_aside":
        return act_on(
            shown, lambda: proposing.set_aside(person, proposal, now),
            _("The proposal is set aside."),
        )  # fmt: skip
    chosen = {
        number: _asked_label(f"_{number}")
        for number in range(len(proposal.groups or []))
        if form.get(f"group_{number}")
    }
    return act_on(
        shown,
        lambda: proposing.accept(person, proposal, chosen, now, under=form.get("place") == "under"),
        _("The themes are added."),
    )
