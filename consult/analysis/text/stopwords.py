"""Function words of French and English, our own lists.

Words of negation stand apart: they carry meaning ("pas de réponse"), so a label may begin with
one, while the lists most libraries offer throw them away.
"""

from consult.stop_words import word_set

NEGATIONS = {
    "fr": word_set("pas aucun aucune jamais sans ni rien trop manque peu"),
    "en": word_set("no not never without nothing lack too cannot unable"),
}

#: Words a phrase may hold between two words of substance: "temps d'attente", "ease of use".
LINKS = {
    "fr": word_set("de d' du des la le les l' à au aux en pour par sur dans avec et"),
    "en": word_set("of the to for in with on at by and a an from"),
}

_FRENCH_MARKERS = """
le la les l' un une des du de d' et est je j' ai pas ne n' que qu' qui il elle nous vous ils elles
ce c' cette ces mon ma mes votre vos pour dans sur avec au aux en très trop mais ou où plus par
sans tout tous merci bonjour bien été sont suis était avoir être faire aucun aucune rien
rendez-vous site service délai attente ligne trop peu beaucoup bon bonne votre gens toujours
jamais oui quand comme
"""
_ENGLISH_MARKERS = """
the a an and is are was were i you he she it we they my your our their this that these those of to
in on at for with from by not no but or as be been have has had do does did can could would should
will very too more all so if when what which who there here me him them us thank thanks hello good
great nothing none everything staff nice time wait waiting help helpful friendly easy hard
"""

#: Frequent words that give a short text's language away; words of both languages left out.
MARKERS = {
    "fr": word_set(_FRENCH_MARKERS) - word_set(_ENGLISH_MARKERS),
    "en": word_set(_ENGLISH_MARKERS) - word_set(_FRENCH_MARKERS),
}

#: Words that name nothing by themselves, in the form of their lemmas: time and quantity, places
#: and people in general. A label may hold one beside a telling word, never alone.
VAGUE = word_set(
    """
jour journée mois semaine an année heure minute temps fois date délai personne gens monde problème
idée place site page service question réponse point nombre pas version information demande affaire
truc endroit jeudi vendredi samedi dimanche lundi mardi mercredi matin soir passé expérience
janvier février mars avril mai juin juillet août septembre octobre novembre décembre avance
utilisation emploi travail défaut lien mieux mise cadre compte cours titre
day week month year hour minute time date people person problem idea place site page service
question answer point number version information request matter stuff monday tuesday wednesday
thursday friday saturday sunday morning evening january february march april may june july august
september october november december job fault experience work half everybody provide look bit lot
first second same whole level area excellent good bad great amazing brilliant fantastic lovely
perfect parfait absolutely absolument luck chance moitié life vie human humain useful utile
happy english french anglais français treat use understand choose call open send
pis essayer try dix ten maximum third fourth deuxième troisième quatrième deux trois two three
déja deja ya fatigué reçu malheureusement heureusement
bout fin impact sein état lutte besoin need issue bravo wow y'a issu world moyen way part kind
mauvais wrong réalité reality reste rest début start milieu middle côté side fait fact raison reason
mal xxxx redact suite cause base détail difficulté sujet subject
mère père soeur sœur frère mari fils fille conjoint mother father mom mum dad sister brother
husband wife son daughter
"""
)
