"""The people of a public body: members, their roles, invitations."""

import uuid

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import login_required
from werkzeug.wrappers import Response

from consult.addresses import asked_page
from consult.db import db, utc_now
from consult.i18n import bilingual_route, current_lang
from consult.mail import can_send
from consult.organizations.accounts import invitations, members
from consult.organizations.accounts.letters import invitation_address, invitation_letter
from consult.organizations.accounts.models import StaffInvitation
from consult.organizations.accounts.posting import post
from consult.organizations.accounts.sessions import sessions_of
from consult.organizations.errors import AlreadyMemberError, LastAdministratorError
from consult.organizations.forms.people import InviteForm, RoleForm
from consult.organizations.models import Membership, Organization, Role
from consult.organizations.permissions import can_manage_people
from consult.organizations.role_words import ROLE_LABELS
from consult.organizations.views.blueprints import actor, body_for, settings
from consult.organizations.views.blueprints import people_bp as bp

Page = str | Response | tuple[str, int]

_FR, _EN = "/equipe/organismes/<slug>/personnes", "/staff/bodies/<slug>/people"


@bilingual_route(bp, _FR, _EN)
@login_required
def people(slug: str) -> str:
    """Who works for a public body, and who is invited to."""
    return _page(body_for(slug, can_manage_people))


@bilingual_route(bp, f"{_FR}/inviter", f"{_EN}/invite", methods=["GET", "POST"])
@login_required
def invite(slug: str) -> Page:
    """Invites somebody by e-mail; without a mail server, shows the link to give them."""
    body = body_for(slug, can_manage_people)
    form = InviteForm(data={"lang": current_lang()})
    if form.validate_on_submit():
        role, email = Role(form.role.data), form.email.data or ""
        try:
            made, token = invitations.invite(actor(), body, email, role, form.lang.data, utc_now())
        except AlreadyMemberError as error:
            form.email.errors = [error.message]
        else:
            return _told(made, token)
    page = render_template("organizations/invite.html", body=body, form=form)
    return (page, 422) if form.errors else page


@bilingual_route(
    bp,
    "/equipe/organismes/<slug>/invitations/<uuid:public_id>/renvoi",
    "/staff/bodies/<slug>/invitations/<uuid:public_id>/again",
    methods=["POST"],
)
@login_required
def invite_again(slug: str, public_id: uuid.UUID) -> Page:
    """Sends the letter again, with another link."""
    body = body_for(slug, can_manage_people)
    found = invitations.invitation_to(body, public_id) or abort(404)
    return _told(found, invitations.invite_again(actor(), found, utc_now()))


@bilingual_route(
    bp,
    "/equipe/organismes/<slug>/invitations/<uuid:public_id>/annulation",
    "/staff/bodies/<slug>/invitations/<uuid:public_id>/revoke",
    methods=["POST"],
)
@login_required
def revoke_invitation(slug: str, public_id: uuid.UUID) -> Response:
    """Takes an invitation back."""
    body = body_for(slug, can_manage_people)
    found = invitations.invitation_to(body, public_id) or abort(404)
    email = found.email
    invitations.revoke_invitation(actor(), found, utc_now())
    db.session.commit()
    flash(_("The invitation of %(email)s is revoked.", email=email))
    return redirect(url_for(".people", slug=slug), code=303)


@bilingual_route(bp, f"{_FR}/<uuid:public_id>", f"{_EN}/<uuid:public_id>", methods=["GET", "POST"])
@login_required
def person(slug: str, public_id: uuid.UUID) -> Page:
    """One member: their role, their sessions, the end of their access."""
    member = _member(slug, public_id)
    form = RoleForm(data={"role": member.role.value})
    if form.validate_on_submit():
        try:
            members.change_role(actor(), member, Role(form.role.data), utc_now())
        except LastAdministratorError as error:
            form.role.errors = [error.message]
        else:
            db.session.commit()
            flash(_("The role of %(name)s is saved.", name=member.account.name))
            return redirect(url_for(".people", slug=slug), code=303)
    page = render_template(
        "organizations/person.html",
        member=member,
        body=member.organization,
        form=form,
        sessions=sessions_of(member.account, utc_now()),
        may_remove_factor=members.may_remove_factor(actor(), member.account),
    )
    return (page, 422) if form.errors else page


@bilingual_route(
    bp, f"{_FR}/<uuid:public_id>/fin", f"{_EN}/<uuid:public_id>/end", methods=["GET", "POST"]
)
@login_required
def end_access(slug: str, public_id: uuid.UUID) -> Page:
    """Ends a member's access, once it is asked for twice."""
    member = _member(slug, public_id)
    if request.method != "POST":
        return render_template("organizations/person_end.html", member=member)
    name = member.account.name
    members.end_access(actor(), member, utc_now())
    db.session.commit()
    flash(_("The access of %(name)s is ended.", name=name))
    return redirect(url_for(".people", slug=slug), code=303)


@bilingual_route(
    bp,
    f"{_FR}/<uuid:public_id>/sessions",
    f"{_EN}/<uuid:public_id>/sessions",
    methods=["POST"],
)
@login_required
def end_member_sessions(slug: str, public_id: uuid.UUID) -> Response:
    """Signs a member out wherever they are signed in."""
    member = _member(slug, public_id)
    count = members.sign_member_out(actor(), member, utc_now())
    db.session.commit()
    flash(ngettext("%(num)d session is ended.", "%(num)d sessions are ended.", count))
    return redirect(url_for(".person", slug=slug, public_id=public_id), code=303)


@bilingual_route(
    bp,
    f"{_FR}/<uuid:public_id>/deuxieme-etape",
    f"{_EN}/<uuid:public_id>/second-step",
    methods=["POST"],
)
@login_required
def remove_member_factor(slug: str, public_id: uuid.UUID) -> Response:
    """Removes the second step of who lost their application and their recovery codes."""
    member = _member(slug, public_id)
    members.remove_member_factor(actor(), member, utc_now())
    db.session.commit()
    flash(_("The second step of %(name)s is removed.", name=member.account.name))
    return redirect(url_for(".person", slug=slug, public_id=public_id), code=303)


def _member(slug: str, public_id: uuid.UUID) -> Membership:
    return members.member_of(body_for(slug, can_manage_people), public_id) or abort(404)


def _told(invitation: StaffInvitation, token: str) -> Page:
    """Keeps the invitation, sends its letter, and says whether it left."""
    body, email, lang = invitation.organization, invitation.email, invitation.lang
    letter = invitation_letter(invitation, token, settings().base_url)
    db.session.commit()
    if can_send(settings()):
        if post(settings(), email, letter):
            flash(_("An invitation is sent to %(email)s. It is good for 7 days.", email=email))
        else:  # whoever sees the link may use it: it is for the person alone
            flash(_("The message to %(email)s was not sent. Send it again later.", email=email))
        return redirect(url_for(".people", slug=body.slug), code=303)
    address = invitation_address(token, lang, settings().base_url)
    return render_template(
        "organizations/invitation_link.html", body=body, email=email, address=address
    )


def _page(body: Organization) -> str:
    return render_template(
        "organizations/people.html",
        body=body,
        members=members.members_of(body, asked_page()),
        invitations=invitations.invitations_to(body),
        role_labels=ROLE_LABELS,
        now=utc_now(),
        me=actor(),
    )
