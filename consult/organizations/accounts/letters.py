"""What the letters to somebody who comes in say, each in that person's language."""

from flask import url_for
from flask_babel import gettext as _

from consult.i18n import format_moment
from consult.letters import Block, Letter, written_in
from consult.organizations.accounts.models import StaffInvitation
from consult.organizations.models import Account
from consult.organizations.role_words import ROLE_HINTS, ROLE_LABELS


def invitation_address(token: str, lang: str, base_url: str) -> str:
    """The full address of the page that accepts an invitation."""
    return f"{base_url}{url_for('organizations.join', token=token, lang_code=lang)}"


def invitation_letter(invitation: StaffInvitation, token: str, base_url: str) -> Letter:
    """Asks somebody to join a public body."""
    lang = invitation.lang
    with written_in(lang):
        body = invitation.organization.name.in_language(lang)
        role = ROLE_LABELS[invitation.role]
        subject = _("%(body)s invites you to consult", body=body)
        block = Block(
            _("Your role: %(role)s", role=role),
            (
                str(ROLE_HINTS[invitation.role]),
                _(
                    "The link is good until %(moment)s, and once.",
                    moment=format_moment(invitation.expires_at),
                ),
            ),
            link=(_("Accept the invitation"), invitation_address(token, lang, base_url)),
        )
        return Letter(
            lang=lang,
            subject=subject,
            title=subject,
            caption=_("Sent by %(name)s", name=invitation.invited_by.name),
            blocks=(block,),
            foot=_(
                "You receive this message because somebody of this public body gave your address. "
                "You do not know why? Do nothing: without you, the link opens nothing."
            ),
            foot_links=(),
        )


def reset_letter(account: Account, token: str, lang: str, base_url: str) -> Letter:
    """Leads to the page where another password is chosen."""
    with written_in(lang):
        page = url_for("organizations.new_password", token=token, lang_code=lang)
        subject = _("Another password for consult")
        return Letter(
            lang=lang,
            subject=subject,
            title=subject,
            caption=account.name,
            blocks=(
                Block(
                    _("Choose another password"),
                    (_("The link is good for one hour, and once."),),
                    link=(_("Choose a password"), f"{base_url}{page}"),
                ),
            ),
            foot=_(
                "You receive this message because somebody asked for it with your address. "
                "It was not you? Do nothing: your password stays as it is."
            ),
            foot_links=(),
        )
