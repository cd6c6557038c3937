"""The words that LimeSurvey itself says, and its files therefore do not hold."""

from consult.questionnaires.importing import text

OTHER = text("Autre", "Other")
SPECIFY = text("Précisez", "Please specify")
COMMENT = text("Votre commentaire", "Your comment")
LOWEST = text("le plus bas", "lowest")
HIGHEST = text("le plus haut", "highest")

GENDERS = {"F": text("Femme", "Female"), "M": text("Homme", "Male")}
UNCERTAIN = {
    "Y": text("Oui", "Yes"),
    "N": text("Non", "No"),
    "U": text("Sans opinion", "Uncertain"),
}
CHANGES = {
    "I": text("Augmentation", "Increase"),
    "S": text("Sans changement", "Same"),
    "D": text("Diminution", "Decrease"),
}


def numbers(last: int) -> dict[str, dict[str, str]]:
    """'1' to ``last``, said as digits."""
    return {str(n): text(str(n), str(n)) for n in range(1, last + 1)}
