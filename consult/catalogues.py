"""Message catalogues, usable with no web application: the command line, reports as files."""

from functools import cache

from babel.support import NullTranslations, Translations

from consult.config import resource_folder

LANGUAGES = ("fr", "en")
LOCALES = {"fr": "fr_CA", "en": "en_CA"}


@cache
def translations_for(lang: str) -> Translations | NullTranslations:
    """The message catalogue of ``lang`` ('fr' or 'en'); messages as they are where it is absent."""
    return Translations.load(str(resource_folder("translations")), [LOCALES[lang]])
