"""Settings, typed, read from the environment (prefix ``CONSULT_``).

Every one has an embedded default but the secret key, which a deployment must give and the
embedded installation makes for itself.
"""

import secrets
from contextlib import suppress
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

#: The time zone people read and type times in.
QUEBEC_TIME = "America/Montreal"

PACKAGE = Path(__file__).resolve().parent


def resource_folder(name: str) -> Path:
    """``static`` or ``translations``: in an installed package, or beside it in a checkout."""
    installed = PACKAGE / name
    return installed if installed.is_dir() else PACKAGE.parent / name


def _between_commas(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def with_driver(url: str) -> str:
    """The address of a database, with the driver that is installed for PostgreSQL."""
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


class Settings(BaseSettings):
    """Everything a deployment may set.

    Each field is the environment variable of the same name in capitals after ``CONSULT_``
    (``CONSULT_DATABASE_URL`` …). ``docs/operating.md`` explains each; a test keeps the two equal.
    """

    # No error message shows a value: one of them is the secret.
    model_config = SettingsConfigDict(env_prefix="CONSULT_", frozen=True, hide_input_in_errors=True)

    secret_key: Annotated[str, StringConstraints(min_length=32)] = Field(
        description="Signs cookies and receipts; at least 32 characters, kept secret."
    )
    var_dir: Path = Field(
        default=Path("var"), description="Folder for the embedded database and the job queue."
    )
    database_url: str = Field(
        default="", description="SQLAlchemy address; empty means SQLite in the var folder."
    )
    redis_url: str = Field(
        default="", description="Redis for jobs and rate limits; empty means embedded."
    )
    base_url: str = Field(
        default="http://127.0.0.1:8000",
        description="Public address of the site, without end slash.",
    )
    trusted_proxies: int = Field(
        default=0, ge=0, description="How many reverse proxies stand in front."
    )
    max_request_bytes: int = Field(
        default=1_000_000, ge=1_000, description="Largest request body accepted."
    )
    uploads_dir: Path | None = Field(
        default=None, description="Folder for attached files; empty means in the var folder."
    )
    smtp_url: str = Field(
        default="", description="Mail server for receipts; empty means that no mail is sent."
    )
    mail_from: str = Field(default="", description="Sender of receipts, an e-mail address.")
    feedback_per_minute: int = Field(
        default=1_200, ge=1, description="Feedback accepted per service and minute."
    )
    token_per_minute: int = Field(
        default=1_200, ge=1, description="Requests accepted per token and minute."
    )
    sign_in_per_minute: int = Field(
        default=10, ge=1, description="Sign-in attempts per account and minute."
    )
    session_hours: int = Field(
        default=12, ge=1, description="Hours until staff sign in again on the same browser."
    )
    second_factor: bool = Field(
        default=False, description="All staff need a second factor, whatever their public body."
    )
    oidc_issuer: str = Field(
        default="", description="Provider of single sign-on; empty means none is offered."
    )
    oidc_client_id: str = Field(default="", description="What the provider calls this site.")
    oidc_client_secret: str = Field(default="", description="What it knows this site by.")
    oidc_label: str = Field(
        default="OpenID Connect", description="Name of the provider on the sign-in page."
    )
    database_patience: int = Field(
        default=5, ge=1, description="Seconds a request waits for the database, then 503."
    )
    job_lease_seconds: int = Field(
        default=60, ge=1, description="How long a silent job is believed alive."
    )
    webhook_networks: str = Field(
        default="",
        description="Internal networks that webhooks may reach, as CIDRs separated by commas.",
    )
    vectors: str = Field(
        default="", description="Folder of a table of word vectors that analyses read."
    )
    embeddings: str = Field(
        default="",
        description="Folder or package of a sentence-transformers model that analyses read.",
    )
    model_languages: str = Field(
        default="en", description="Languages that the table or model understands."
    )
    demo_notice: bool = Field(
        default=False, description="Shows on every page that the content is fictitious."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = Field(
        default="INFO", description="Python logging level."
    )

    @field_validator("base_url")
    @classmethod
    def _without_end_slash(cls, value: str) -> str:
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _with_driver(cls, value: str) -> str:
        return with_driver(value)

    @field_validator("uploads_dir", mode="before")
    @classmethod
    def _empty_is_none(cls, value: object) -> object:
        return value or None

    @field_validator("smtp_url")
    @classmethod
    def _is_mail_address(cls, value: str) -> str:
        if value and not value.startswith(("smtp://", "smtps://")):
            raise ValueError("must start with smtp:// or smtps://")
        return value

    @field_validator("webhook_networks")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        for network in _between_commas(value):
            ip_network(network)
        return value

    @property
    def webhook_internal_networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """Networks that webhooks may reach although they are not public, also over http."""
        return tuple(map(ip_network, _between_commas(self.webhook_networks)))

    @property
    def uploads_folder(self) -> Path:
        """Where attached files lie: never under a folder that is served."""
        return self.uploads_dir or self.var_dir / "uploads"

    @property
    def secure(self) -> bool:
        """True when the site is served over TLS: secure cookies and HSTS."""
        return self.base_url.startswith("https://")

    @property
    def sqlalchemy_url(self) -> str:
        return self.database_url or f"sqlite:///{self.var_dir.resolve() / 'consult.db'}"

    def flask_config(self) -> dict[str, Any]:
        """Flask's own configuration, derived from these settings."""
        return {
            "SETTINGS": self,
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.sqlalchemy_url,
            "MAX_CONTENT_LENGTH": self.max_request_bytes,
            "MAX_FORM_MEMORY_SIZE": self.max_request_bytes,
            "SESSION_COOKIE_NAME": "__Host-consult" if self.secure else "consult",
            "SESSION_COOKIE_SECURE": self.secure,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "PREFERRED_URL_SCHEME": "https" if self.secure else "http",
            "WTF_CSRF_TIME_LIMIT": None,
            "WTF_I18N_ENABLED": True,
            "BABEL_DEFAULT_LOCALE": "fr_CA",
            "BABEL_DEFAULT_TIMEZONE": QUEBEC_TIME,
            "BABEL_TRANSLATION_DIRECTORIES": str(resource_folder("translations")),
        }


def local_secret(var_dir: Path) -> str:
    """The secret of an embedded installation, made once: ``var_dir/secret-key``, mode 600."""
    path = var_dir / "secret-key"
    if not path.exists():
        var_dir.mkdir(parents=True, exist_ok=True)
        made = var_dir / f"secret-key.{secrets.token_hex(4)}"
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # another process was first: its secret stands
            path.hardlink_to(made)
        made.unlink()
    return path.read_text().strip()
