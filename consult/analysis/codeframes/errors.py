"""Broken rules of codeframes."""

from flask_babel import lazy_gettext as _l

from consult.errors import DomainError


class CodeframeError(DomainError):
    """An act that can't be done on the codeframe as it stands."""

    status = 409
    code = "codeframe"
    message = _l("The codeframe has changed since. Look at it again, then choose.")


class NothingChosenError(CodeframeError):
    """The act needs comments, or a theme, and none was chosen."""

    code = "nothing-chosen"
    message = _l("Choose at least one comment, and the theme it goes to.")


class LabelRequiredError(CodeframeError):
    """A theme has a name in both languages."""

    status = 422
    code = "label-required"
    message = _l("Write the theme’s name in French and in English, in 200 characters at most.")


class NotUnderError(CodeframeError):
    """Themes have two levels, and one can't stand under itself."""

    code = "not-under"
    message = _l("A theme that has sub-themes can’t stand under another one, nor under itself.")


class CodeframeExistsError(CodeframeError):
    """A subject has one codeframe."""

    code = "codeframe-exists"
    message = _l("There is already a codeframe here. Correct that one.")


class NothingToAdoptError(CodeframeError):
    """An analysis without themes can't become a codeframe."""

    code = "nothing-to-adopt"
    message = _l("This analysis has no theme to keep.")


class NothingToUndoError(CodeframeError):
    """The version to go back to is not one of this codeframe's earlier ones."""

    code = "nothing-to-undo"
    message = _l("Choose an earlier version to go back to.")


class TooFewToSplitError(CodeframeError):
    """A theme, or what fits nowhere, has too few comments to be cut in groups."""

    code = "too-few-to-split"
    message = _l("There are too few comments to look for themes among them.")


class NotLearnedYetError(CodeframeError):
    """A codeframe can be copied once the machine learned its themes."""

    code = "not-learned-yet"
    message = _l("These themes are still being learned. Try again in a few minutes.")
