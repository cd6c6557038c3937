"""The filters of results: what they can be, and in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from consult.questionnaires import Text
from consult.questionnaires.regions import REGIONS
from consult.surveys.models import Channel, Consultation
from consult.surveys.results.asked import region_question
from consult.surveys.results.counts import Dimension

LANGUAGES = {"fr": Text(fr="Français", en="French"), "en": Text(fr="Anglais", en="English")}

CHANNELS = {
    Channel.WEB.value: Text(fr="En ligne", en="Online"),
    Channel.PHONE.value: Text(fr="Au téléphone", en="By phone"),
    Channel.COUNTER.value: Text(fr="Au comptoir", en="At the counter"),
    Channel.PAPER.value: Text(fr="Sur papier", en="On paper"),
    Channel.FILE.value: Text(fr="Par un fichier", en="From a file"),
}

DIMENSION_LABELS = {
    "region": _l("Region"),
    "lang": _l("Language of the answers"),
    "channel": _l("How the answers came in"),
    "version": _l("Version of the questionnaire"),
}


@dataclass(frozen=True)
class Offer:
    """A dimension to filter by and its values, name to label."""

    dimension: Dimension
    values: Mapping[str, Text]


def offers(consultation: Consultation, *, with_versions: bool) -> list[Offer]:
    """The filters that make sense for a consultation; versions are the staff's to compare."""
    found = [
        Offer("lang", LANGUAGES),
        Offer("channel", CHANNELS),
    ]
    if region_question(consultation):
        found.insert(0, Offer("region", REGIONS))
    if with_versions and len(consultation.versions) > 1:
        numbers = [str(version.number) for version in consultation.versions]
        found.append(Offer("version", {number: Text(fr=number, en=number) for number in numbers}))
    return found


def chosen(offered: list[Offer], values: Mapping[str, str]) -> dict[str, str]:
    """The filters that an address or a form asks for; what is not on offer is left out."""
    return {
        offer.dimension: values[offer.dimension]
        for offer in offered
        if values.get(offer.dimension) in offer.values
    }


def value_label(dimension: str, value: str) -> Text:
    """The words of one value of a dimension."""
    labels: dict[str, Mapping[str, Text]] = {
        "region": REGIONS,
        "lang": LANGUAGES,
        "channel": CHANNELS,
    }
    return labels.get(dimension, {}).get(value, Text(fr=value, en=value))
