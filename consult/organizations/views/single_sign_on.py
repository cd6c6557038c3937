"""Single sign-on by OpenID Connect: the code flow with PKCE, state and nonce."""

from flask import abort, redirect, request, session, url_for
from werkzeug.wrappers import Response

from consult.db import utc_now, writing
from consult.i18n import bilingual_route
from consult.organizations.accounts.models import SignInMethod
from consult.organizations.accounts.single_sign_on import account_of
from consult.organizations.views.blueprints import bp, settings
from consult.organizations.views.letting_in import let_in

#: Where the page that was wanted waits meanwhile, in the signed cookie.
_NEXT = "sso_next"


@bilingual_route(bp, "/connexion/unique", "/sign-in/single")
def single_sign_on() -> Response:
    """Leads to the provider."""
    given = settings()
    if not given.oidc_issuer:
        abort(404)
    back = f"{given.base_url}{url_for('.single_sign_on_return')}"
    from consult.organizations.views.oidc import lead_there

    answer = lead_there(given, back)
    session[_NEXT] = request.args.get("next", "")[:500]
    return answer


@bilingual_route(bp, "/connexion/retour", "/sign-in/return")
def single_sign_on_return() -> Response:
    """Where the provider sends the person back; who was invited is let in."""
    given = settings()
    if not given.oidc_issuer:
        abort(404)
    if "state" not in request.args:
        return redirect(url_for(".sign_in"))
    from consult.organizations.views.oidc import person_of

    person = person_of(given)
    target = session.pop(_NEXT, "")
    with writing():
        account = account_of(person, utc_now())
        return let_in(account, SignInMethod.SINGLE_SIGN_ON, target, utc_now())
