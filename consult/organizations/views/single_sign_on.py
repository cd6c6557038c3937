"""Single sign-on by OpenID Connect: the code flow with PKCE, state and nonce."""

import logging
from functools import lru_cache
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App
from flask import abort, redirect, request, session, url_for
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from consult.config import Settings
from consult.db import utc_now, writing
from consult.errors import without_words
from consult.i18n import bilingual_route
from consult.organizations.accounts.models import SignInMethod
from consult.organizations.accounts.single_sign_on import Vouched, account_of
from consult.organizations.errors import SingleSignOnError
from consult.organizations.views.blueprints import bp, settings
from consult.organizations.views.letting_in import let_in

log = logging.getLogger(__name__)

#: Seconds that a person waits for the provider.
_PATIENCE = 10

#: Signatures by a key that the provider alone has.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")

#: Where the page that was wanted waits meanwhile, in the signed cookie.
_NEXT = "sso_next"

#: What the provider answers may fail in many ways; to the person it is one.
_FAILURES = (AuthlibBaseError, JoseError, RequestException, KeyError, RuntimeError, ValueError)


@lru_cache(maxsize=4)
def _provider(issuer: str, client_id: str, client_secret: str) -> Any:
    """The client of a provider; it keeps what the provider says of itself, and its keys."""
    return FlaskOAuth2App(
        FlaskIntegration("sso"),
        name="sso",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": _PATIENCE,
        },
    )


def _client(given: Settings) -> Any:
    """The client, once it is sure that the provider is the one of the settings."""
    client = _provider(given.oidc_issuer, given.oidc_client_id, given.oidc_client_secret)
    metadata = client.load_server_metadata()
    if metadata["issuer"] != given.oidc_issuer:
        raise ValueError("another issuer")
    signed = metadata.get("id_token_signing_alg_values_supported", ["RS256"])
    trusted = [algorithm for algorithm in signed if algorithm in _ALGORITHMS]
    metadata["id_token_signing_alg_values_supported"] = trusted or ["RS256"]
    return client


@bilingual_route(bp, "/connexion/unique", "/sign-in/single")
def single_sign_on() -> Response:
    """Leads to the provider."""
    given = settings()
    if not given.oidc_issuer:
        abort(404)
    back = f"{given.base_url}{url_for('.single_sign_on_return')}"
    try:
        answer: Response = _client(given).authorize_redirect(back)
    except _FAILURES as error:
        raise _failed(error) from error
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
    person = _person(given)
    target = session.pop(_NEXT, "")
    with writing():
        account = account_of(person, utc_now())
        return let_in(account, SignInMethod.SINGLE_SIGN_ON, target, utc_now())


def _person(given: Settings) -> Vouched:
    """Whom the provider vouches for, its token checked: signature, issuer, audience, nonce, age."""
    options = {
        "iss": {"essential": True, "value": given.oidc_issuer},
        "aud": {"essential": True, "value": given.oidc_client_id},
        "sub": {"essential": True},
        "exp": {"essential": True},
        "nonce": {"essential": True},
    }
    try:
        token = _client(given).authorize_access_token(claims_options=options)
        claims = token["userinfo"]
        verified = claims.get("email_verified") is True
        return Vouched(
            issuer=given.oidc_issuer,
            subject=str(claims["sub"])[:255],
            email=str(claims.get("email", "")) if verified else "",
            name=str(claims.get("name", "")),
        )
    except _FAILURES as error:
        raise _failed(error) from error


def _failed(error: Exception) -> SingleSignOnError:
    log.warning("single sign-on: %s", without_words(error))
    return SingleSignOnError()
