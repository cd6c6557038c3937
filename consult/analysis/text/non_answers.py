"""Comments that say nothing: blanks, "RAS", "n/a", "did not answer", a greeting alone."""

import re
from unicodedata import combining

from consult.analysis.text.tokens import strip_accents
from consult.stop_words import word_set

#: Whole answers that say nothing, without accents or punctuation.
_ANSWERS = """
as above | blank | did not answer | ditto | dk | do not know | don t know | dont know | i don t
know | i dont know | idem | idk | inconnu | je ne sais | je ne sais pas | je sais pas | n a | na
| nan | ne sait pas | ne se prononce pas | no | no answer given | non | non applicable | non
concerne | not answered | not applicable | not known | not sure | nsp | null | ok | oui | pas
concerne | pas d avis | pas d avis particulier | pas d idee | pas d opinion | pas de commentaire
| pas de commentaires | pas de remarque | pas de remarques | pas de reponse | pas de suggestion
| pas de suggestions | r a s | ras | s o | sais pas | same | same as above | sans objet | so |
test | unanswered | unknown | unsure | voir ci dessus | voir plus haut | x | xx | xxx | yes
"""
_WHOLE = frozenset(" ".join(answer.split()) for answer in _ANSWERS.split("|"))
_VOID = word_set("rien aucun aucune nothing none no nil neant non nope ras sans")
_FILLER = word_set("""
a de d du le la l les au en et plus dire signaler ajouter declarer mentionner rajouter special
speciale particulier particuliere commentaire commentaires reponse reponses avis opinion idee
idees suggestion suggestions remarque remarques autre autres pour moment instant l' tout ma part
mon jour ce sujet ne sais je j ai me vient pas concernant to add say report mention really at all
comment comments further more answer answers else i can think of for now particular special in
special the moment have any other remarks feedback opinion thank you thanks merci given provided
response my side
""")
_GREETING = word_set("""
bonjour bonsoir salut allo hello hi hey merci beaucoup mille thanks thank you thankyou cheers
cordialement bonne journee soiree fin semaine bye au revoir madame monsieur a tous toutes very
much many so bien d avance good morning afternoon regards kind best day have everyone all
sincerely
""")
_GREETS = word_set("""
bonjour bonsoir salut allo hello hi hey merci thanks thank thankyou cheers cordialement bye
regards
""")
_MARKER = re.compile(r"\[[^\]\s]*/[^\]\s]*\]")
_NOT_WORD = re.compile(r"[\W_]+")
_FIRST = re.compile(r"[^\W_]+")
#: What an answer that says nothing begins with.
_STARTS = {answer.split()[0] for answer in _WHOLE} | _VOID | _GREETING


def is_non_answer(text: str) -> bool:
    """True when ``text`` says nothing that could be given a theme.

    "Rien à signaler", "Nothing really", "Merci beaucoup", "-" and a text of redaction markers
    alone are non-answers; "rien ne fonctionne" and "no parking" are not.
    """
    if not _may_say_nothing(text):
        return False
    plain = _NOT_WORD.sub(" ", strip_accents(_MARKER.sub(" ", text)).casefold()).strip()
    found = plain.split()
    if not any(char.isalpha() for char in plain) or plain in _WHOLE:
        return True
    if found[0] in _VOID and all(word in _FILLER or word in _VOID for word in found[1:]):
        return True
    return all(word in _GREETING for word in found) and any(word in _GREETS for word in found)


def _may_say_nothing(text: str) -> bool:
    """False when the first word settles that ``text`` says something, as of most it does."""
    first = _FIRST.search(text)
    if first is None or "[" in text[: first.start()]:
        return True
    word, after = strip_accents(first[0]).casefold(), text[first.end() : first.end() + 1]
    return not word.isalpha() or word in _STARTS or bool(after and combining(after))
