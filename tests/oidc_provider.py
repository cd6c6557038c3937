"""A provider of single sign-on that really listens: discovery, keys, codes, signed tokens."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, abort, jsonify, redirect, request
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server
from werkzeug.wrappers import Response as AnyResponse

CLIENT_ID, CLIENT_SECRET = "consult-essai", "secret-du-fournisseur"


class Provider:
    """Vouches for ``person``; ``claims`` are put over what its tokens truly say."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {}
        self.claims: dict[str, Any] = {}
        self.key = RSAKey.generate_key(2048, {"kid": "une", "use": "sig", "alg": "RS256"})
        self.signs_with = self.key
        self.codes: dict[str, dict[str, str]] = {}
        self.app = Flask("provider")
        self.app.get("/.well-known/openid-configuration")(self.discovery)
        self.app.get("/keys")(self.keys)
        self.app.get("/authorize")(self.authorize)
        self.app.post("/token")(self.token)
        self.issuer = ""

    def discovery(self) -> Response:
        return jsonify(
            issuer=self.issuer,
            authorization_endpoint=f"{self.issuer}/authorize",
            token_endpoint=f"{self.issuer}/token",
            jwks_uri=f"{self.issuer}/keys",
            id_token_signing_alg_values_supported=["RS256", "none"],
        )

    def keys(self) -> Response:
        return jsonify(KeySet([self.key]).as_dict(private=False))

    def authorize(self) -> AnyResponse:
        """Signs the person in without a question, and sends them back with a code."""
        asked = request.args
        assert asked["client_id"] == CLIENT_ID
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked.to_dict()
        back = urlencode({"code": code, "state": asked["state"]})
        return redirect(f"{asked['redirect_uri']}?{back}")

    def token(self) -> Response:
        """Gives tokens for a code, once, to who began and knows the secret."""
        asked = self.codes.pop(request.form.get("code", ""), None) or abort(400)
        sent = request.authorization
        if not sent or (sent.username, sent.password) != (CLIENT_ID, CLIENT_SECRET):
            abort(401)
        digest = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            abort(400)
        now = int(time.time())
        claims = {
            "iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300,
            "nonce": asked["nonce"], **self.person, **self.claims,
        }  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "une"}, claims, self.signs_with)
        return jsonify(access_token="a", token_type="Bearer", expires_in=300, id_token=signed)


@contextmanager
def open_provider() -> Iterator[Provider]:
    """A provider on a free port of loopback."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, provider.app, threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
