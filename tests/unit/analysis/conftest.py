"""Comments for the tests: invented, four subjects, two languages."""

import pandas as pd
import pytest

WAITING = [
    ("fr", 1, "Le temps d'attente au téléphone est interminable, plus d'une heure sans réponse."),
    ("fr", 2, "Trop de temps d'attente avant de parler à quelqu'un au téléphone."),
    ("fr", 1, "Une heure d'attente au téléphone, puis la ligne a coupé."),
    ("fr", 2, "J'ai appelé trois fois, le temps d'attente est décourageant."),
    ("fr", 1, "Le téléphone sonne, personne ne répond, l'attente est sans fin."),
    ("fr", 2, "Réduisez le temps d'attente au téléphone le lundi matin."),
    ("en", 1, "The waiting time on the phone is endless, over an hour with no answer."),
    ("en", 2, "Too much waiting time before speaking to someone on the phone."),
    ("en", 1, "I waited an hour on the phone and then the line dropped."),
    ("en", 1, "Nobody answers the phone, the waiting time is discouraging."),
    ("en", 2, "Please cut the waiting time on the phone on Monday mornings."),
]
FORM = [
    ("fr", 2, "Le formulaire de demande est trop long et la page plante à l'envoi."),
    ("fr", 3, "Impossible de joindre un document au formulaire de demande."),
    ("fr", 2, "Le formulaire efface tout quand on revient à la page précédente."),
    ("fr", 3, "Je ne comprends pas la page deux du formulaire de demande."),
    ("fr", 2, "Le formulaire refuse mon document PDF sans dire pourquoi."),
    ("en", 2, "The application form is too long and the page crashes when sending."),
    ("en", 3, "I could not attach a document to the application form."),
    ("en", 2, "The form erases everything when you go back to the previous page."),
    ("en", 3, "Page two of the application form is hard to understand."),
    ("en", 2, "The form rejects my PDF document without saying why."),
]
STAFF = [
    ("fr", 5, "Le personnel du comptoir est aimable et patient, un bel accueil."),
    ("fr", 5, "Personnel très courtois, l'accueil au comptoir est chaleureux."),
    ("fr", 5, "Merci à l'employée du comptoir, un accueil aimable et efficace."),
    ("fr", 4, "Accueil courtois, le personnel a pris le temps de m'expliquer."),
    ("en", 5, "The counter staff are kind and patient, a lovely welcome."),
    ("en", 5, "Very courteous staff, the welcome at the counter is warm."),
    ("en", 5, "Thank you to the counter employee, kind and efficient staff."),
    ("en", 4, "Courteous welcome, the staff took the time to explain."),
    ("en", 5, "Friendly staff, they explained the steps with patience."),
]
PARKING = [
    ("fr", 3, "Le stationnement du bureau est plein et coûte cher."),
    ("fr", 3, "Pas de stationnement pour les vélos près du bureau."),
    ("fr", 2, "Le stationnement est trop loin de l'entrée pour une personne âgée."),
    ("fr", 3, "Stationnement payant et toujours plein le matin."),
    ("en", 3, "The office parking lot is full and expensive."),
    ("en", 3, "No bicycle parking near the office."),
    ("en", 2, "Parking is too far from the entrance for an elderly person."),
    ("en", 3, "Paid parking, and the lot is always full in the morning."),
]
SILENT = [("fr", 4, "RAS"), ("fr", None, ""), ("en", 5, "N/A"), ("en", 3, "Did not answer")]


@pytest.fixture
def comments() -> pd.DataFrame:
    lines = [*WAITING, *FORM, *STAFF, *PARKING, *SILENT]
    frame = pd.DataFrame(lines, columns=["told", "rating", "text"])
    frame["rating"] = frame["rating"].astype(float)
    return frame[["text", "rating"]]


@pytest.fixture
def subjects() -> list[str]:
    """The subject of each comment, '' for those that say nothing."""
    sizes = {"waiting": WAITING, "form": FORM, "staff": STAFF, "parking": PARKING, "": SILENT}
    return [subject for subject, lines in sizes.items() for _line in lines]
