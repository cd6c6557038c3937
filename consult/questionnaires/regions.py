"""The 17 administrative regions of Québec, by their official code."""

from consult.questionnaires.texts import Text

_NAMES = (
    "Bas-Saint-Laurent",
    "Saguenay–Lac-Saint-Jean",
    "Capitale-Nationale",
    "Mauricie",
    "Estrie",
    "Montréal",
    "Outaouais",
    "Abitibi-Témiscamingue",
    "Côte-Nord",
    "Nord-du-Québec",
    "Gaspésie–Îles-de-la-Madeleine",
    "Chaudière-Appalaches",
    "Laval",
    "Lanaudière",
    "Laurentides",
    "Montérégie",
    "Centre-du-Québec",
)

#: Code ('01' to '17') to name. The names are official in French and used as such in English.
REGIONS = {f"{number:02d}": Text(fr=name, en=name) for number, name in enumerate(_NAMES, 1)}
