"""What speaks to the provider of single sign-on; imported late, for Authlib takes a while."""

import logging
from functools import lru_cache
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.flask_client import FlaskIntegration, FlaskOAuth2App
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from consult.config import Settings
from consult.errors import without_words
from consult.organizations.accounts.single_sign_on import Vouched
from consult.organizations.errors import SingleSignOnError

log = logging.getLogger(__name__)

#: Seconds that a person waits for the provider.
_PATIENCE = 10

#: Signatures by a key that the provider alone has.
_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")

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


def lead_there(given: Settings, back: str) -> Response:
    """Sends the browser to the provider, which sends it to the address ``back`` afterwards.

    State, nonce and verifier wait in the signed cookie. Raises ``SingleSignOnError``.
    """
    try:
        answer: Response = _client(given).authorize_redirect(back)
    except _FAILURES as error:
        raise _failed(error) from error
    return answer


def person_of(given: Settings) -> Vouched:
    """Whom the provider vouches for, its token checked: signature, issuer, audience, nonce, age.

    Raises ``SingleSignOnError``.
    """
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
