"""Comments that say nothing: blanks, "RAS", "n/a", "did not answer", a greeting alone."""

import re

from consult.analysis.text.tokens import strip_accents

#: Whole answers that say nothing, without accents or punctuation.
_WHOLE = frozenset(
    """ras|r a s|na|n a|nsp|ne sait pas|sais pas|je sais pas|je ne sais pas|je ne sais|
    did not answer|no answer given|not answered|unanswered|blank|null|nan|dont know|don t know|
    do not know|i dont know|i don t know|dk|idk|not sure|unsure|not applicable|sans objet|
    non applicable|so|s o|idem|ditto|same|same as above|as above|voir ci dessus|voir plus haut|
    ne se prononce pas|pas d avis|pas d idee|pas d opinion|pas de commentaire|pas de commentaires|
    pas de reponse|pas de remarque|pas de remarques|pas de suggestion|pas de suggestions|
    pas concerne|non concerne|pas d avis particulier|oui|non|yes|no|ok|test|x|xx|xxx""".replace(
        "\n", ""
    ).replace("    ", "").split("|")
)
_VOID = frozenset("rien aucun aucune nothing none no nil neant non nope ras sans".split())
_FILLER = frozenset(
    """a de d du le la l les au en et plus dire signaler ajouter declarer mentionner rajouter special
    speciale particulier particuliere commentaire commentaires reponse reponses avis opinion idee
    idees suggestion suggestions remarque remarques autre autres pour moment instant l' tout ma part
    mon jour ce sujet ne sais je j ai me vient pas concernant to add say report mention really at all
    comment comments further more answer answers else i can think of for now particular special in
    special the moment have any other remarks feedback opinion thank you thanks merci given provided
    response my side""".split()
)
_GREETING = frozenset(
    """bonjour bonsoir salut allo hello hi hey merci beaucoup mille thanks thank you thankyou cheers
    cordialement bonne journee soiree fin semaine bye au revoir madame monsieur a tous toutes very
    much many so bien d avance good morning afternoon regards kind best day have everyone all
    sincerely""".split()
)
_GREETS = frozenset(
    """bonjour bonsoir salut allo hello hi hey merci thanks thank thankyou cheers cordialement bye
    regards""".split()
)
_MARKER = re.compile(r"\[[^\]\s]*/[^\]\s]*\]")
_NOT_WORD = re.compile(r"[\W_]+")


def is_non_answer(text: str) -> bool:
    """True when ``text`` says nothing that could be given a theme.

    "Rien à signaler", "Nothing really", "Merci beaucoup", "-" and a text of redaction markers
    alone are non-answers; "rien ne fonctionne" and "no parking" are not.
    """
    plain = _NOT_WORD.sub(" ", strip_accents(_MARKER.sub(" ", text)).casefold()).strip()
    found = plain.split()
    if not any(char.isalpha() for char in plain) or plain in _WHOLE:
        return True
    if found[0] in _VOID and all(word in _FILLER or word in _VOID for word in found[1:]):
        return True
    return all(word in _GREETING for word in found) and any(word in _GREETS for word in found)
