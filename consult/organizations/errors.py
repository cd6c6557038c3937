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


class CodeRefusedError(DomainError):
    """Not a code of the second factor, or one that was taken before."""

    status = 422
    code = "code-refused"
    message = _l("This code is not right, or was used already. Enter the one shown now.")


class PasswordRefusedError(DomainError):
    """A password that is too easy to guess; ``message`` says why."""

    status = 422
    code = "password-refused"
    message = _l("This password is easy to guess. Take a few words that do not follow each other.")


class LinkOverError(DomainError):
    """A link from a letter that was used, replaced, revoked, or is too old."""

    status = 404
    code = "link-over"
    message = _l("This link was used already, or is no longer good. Ask for another one.")


class LastAdministratorError(DomainError):
    """A public body keeps at least one administrator."""

    status = 409
    code = "last-administrator"
    message = _l("This is the only administrator of the body. Give somebody else this role first.")


class AlreadyMemberError(DomainError):
    """The invited address belongs to a member of the body already."""

    status = 409
    code = "already-member"
    message = _l("This person already has a role in this public body.")


class NotInvitedError(DomainError):
    """Single sign-on knows the person, but nobody here invited them."""

    status = 403
    code = "not-invited"
    message = _l(
        "Your organization knows you, but you have no access to this site yet. "
        "Ask an administrator of your public body for an invitation."
    )


class SingleSignOnError(DomainError):
    """What the provider of single sign-on answered cannot be believed, or it did not answer."""

    status = 502
    code = "single-sign-on"
    message = _l("Single sign-on did not work. Try again, or use your password.")
