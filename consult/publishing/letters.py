"""What the letters to those who follow say, in the language they chose."""

from flask import current_app, url_for
from flask_babel import gettext as _

from consult.analysis.improvements.models import Improvement, ImprovementState
from consult.config import Settings
from consult.i18n import current_lang
from consult.letters import Block, Letter, full
from consult.publishing.addresses import improvement_path, page_path
from consult.publishing.links import CONFIRM, STOP, link_token
from consult.publishing.models import Follower
from consult.publishing.subjects import Followed


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def followed_by(follower: Follower) -> Followed:
    return Followed(follower.service, follower.consultation)


def followed_words(followed: Followed) -> str:
    """What is followed, in words: its name, or that it is everything."""
    name = followed.name
    return name.in_language(current_lang()) if name else str(_("all services and consultations"))


def confirming_letter(follower: Follower) -> Letter:
    """Asks whether it was really they who typed their address."""
    followed = followed_by(follower)
    token = link_token(_settings().secret_key, CONFIRM, follower.public_id)
    link = full(url_for("publishing.confirm_following", token=token))
    lines = (
        str(_("Someone, you we hope, asked that this address be told when something is done.")),
        str(_("Nothing is sent until you say yes. The link works for 7 days.")),
    )
    return Letter(
        lang=current_lang(),
        subject=str(_("Do you want to hear of what is done?")),
        title=str(_("Do you want to hear of what is done?")),
        caption=followed_words(followed),
        blocks=(Block(str(_("One thing to do")), lines, link=(str(_("Yes, tell me")), link)),),
        foot=str(_("If it was not you, do nothing: the address is erased after 7 days.")),
        foot_links=(),
        headers={"Auto-Submitted": "auto-generated"},
    )


def news_letter(follower: Follower, improvement: Improvement) -> Letter:
    """Tells of one improvement that became public."""
    lang, followed = current_lang(), followed_by(follower)
    is_done = improvement.state is ImprovementState.DONE
    outcome = improvement.did if is_done else improvement.reason
    heading = _("We did") if is_done else _("We will not do it. Here is why")
    title = improvement.title.in_language(lang)
    about = Followed(improvement.service, improvement.consultation).name
    body = improvement.organization.name.in_language(lang)
    stop = full(_stop_path(follower))
    return Letter(
        lang=lang,
        subject=str(_("You said, we did: %(title)s", title=title)),
        title=title,
        caption=f"{about.in_language(lang)}, {body}" if about else body,
        blocks=(
            Block(str(_("You said")), (improvement.said.in_language(lang),)),
            Block(
                str(heading),
                (outcome.in_language(lang),),
                link=(str(_("Read it on the site")), full(improvement_path(improvement))),
            ),
        ),
        foot=str(
            _(
                "You get this message because you asked to hear of: %(followed)s.",
                followed=followed_words(followed),
            )
        ),
        foot_links=(
            (str(_("Everything done or declined")), full(page_path(followed))),
            (str(_("Stop these messages and erase my address")), stop),
        ),
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Message-ID": _message_id(follower, improvement),
        },
    )


def _stop_path(follower: Follower) -> str:
    token = link_token(_settings().secret_key, STOP, follower.public_id)
    return url_for("publishing.stop_following", token=token)


def _message_id(follower: Follower, improvement: Improvement) -> str:
    """The same each time the same letter is written."""
    host = _settings().mail_from.rpartition("@")[2].strip("<> ") or "localhost"
    return f"<{improvement.public_id.hex}.{follower.public_id.hex}@{host}>"
