"""The links of letters: yes, tell me; stop, and erase my address."""

from flask import abort, current_app, render_template, request
from flask_babel import gettext as _

from consult.db import SAFE_METHODS, db, utc_now
from consult.i18n import bilingual_route
from consult.publishing.letters import followed_by, followed_words
from consult.publishing.links import CONFIRM, STOP, read_link
from consult.publishing.queries import follower_by_public_id
from consult.publishing.services import following
from consult.publishing.views.blueprint import bp
from consult.security import csrf


@bilingual_route(bp, "/suivi/oui/<token>", "/following/yes/<token>", methods=["GET", "POST"])
def confirm_following(token: str) -> str | tuple[str, int]:
    """The yes of an address. Opening the link changes nothing: programs open links too."""
    public_id = read_link(current_app.config["SETTINGS"].secret_key, CONFIRM, token) or abort(404)
    follower = follower_by_public_id(public_id)
    if follower is None:
        return _page(_("This wish is no longer kept"), "gone"), 410
    if request.method not in SAFE_METHODS:
        following.confirm(follower, utc_now())
        db.session.commit()
    words = followed_words(followed_by(follower))
    if follower.confirmed_at is None:
        return _page(_("Do you want to hear of what is done?"), "ask", words)
    return _page(_("You will hear of what is done"), "confirmed", words)


@bilingual_route(bp, "/suivi/arret/<token>", "/following/stop/<token>", methods=["GET", "POST"])
@csrf.exempt
def stop_following(token: str) -> str:
    """Stops the messages and erases the address.

    The POST comes from the page's button, or from a mail program (RFC 8058) that knows no token of
    a form; the address itself is signed.
    """
    public_id = read_link(current_app.config["SETTINGS"].secret_key, STOP, token) or abort(404)
    follower = follower_by_public_id(public_id)
    if follower is not None and request.method in SAFE_METHODS:
        words = followed_words(followed_by(follower))
        return _page(_("Stop these messages?"), "stop", words)
    if follower is not None:
        following.stop(follower)
        db.session.commit()
    return _page(_("You get no more messages"), "stopped")


def _page(heading: str, state: str, followed: str = "") -> str:
    return render_template(
        "publishing/following.html", heading=heading, state=state, followed=followed
    )
