"""Broken rules of accounts and public bodies."""

from flask_babel import lazy_gettext as _l

from consult.errors import DomainError


class SignInFailedError(DomainError):
    """The address or the password does not match; which of the two is not said."""

    status = 422
    code = "sign-in-failed"
    message = _l("The email address or the password is not right. Check both and try again.")


class SlugTakenError(DomainError):
    """A public body or a service already has this name in addresses."""

    status = 409
    code = "slug-taken"
    message = _l("This short name is already taken. Choose another.")


class OriginRefusedError(DomainError):
    """A line is not the origin of a site; ``line`` is what was written."""

    status = 422
    code = "origin-refused"
    message = _l("Write each site as https://www.example.org, without a path, one per line.")

    def __init__(self, line: str) -> None:
        super().__init__()
        self.line = line


class AccountExistsError(DomainError):
    status = 409
    code = "account-exists"
    message = _l("An account with this email address already exists.")
