"""Words of French and English that say nothing by themselves, our own lists."""


def word_set(words: str) -> frozenset[str]:
    """The words of a text, separated by white space."""
    return frozenset(words.split())


_FRENCH = """
a à afin ah ai aie ailleurs ainsi ait alors apparemment après as assez au aucune aucun aujourd'hui
auprès auquel aura aurai aurait aurais auront auraient aussi aussitôt autant autre autrement
autres aux auxquels auxquelles avaient avais avait avant avec avez aviez avions avoir avons ayant
ayez beaucoup bien bon bonne bonjour bonsoir bref c' ça car ce ceci cela celle celles celui
cependant certain certaine certaines certains ces cet cette ceux cf chacun chacune chaque chez ci
combien comme comment concernant contre d' dans davantage de début dedans dehors déjà depuis
dernier dernière derrière des dès désormais desquels desquelles deux devant devoir devait devrait
devraient dire dit disent doit doivent donc dont du dû duquel durant effet également elle elles en
encore enfin ensuite entre envers environ es est et étaient étais était étant été être étiez etc
etc. étions eu eue eurent eus eut eux évidemment exemple faire fais faisait faisant fait faites
fallait falloir faudrait faut fois font fut grâce hélas hier hors hui ici il ils j' jamais je
jusque jusqu' l' la là laquelle le lequel les lesquels lesquelles leur leurs loin lors lorsque
lorsqu' lui m' ma madame mais mal malgré me même mêmes merci mes mettre mieux mis mme moi moins
moment mon monsieur mr n' ne néanmoins ni non nos notamment notre nous nouveau nul on ont ou où
oui outre p par parce parfois parmi part particulier partie partir partout pas passer pendant
personne peu peut peut-être peuvent peux plein plupart plus plusieurs plutôt point possible pour
pourquoi pourrait pourraient pourrais pouvait pouvaient pouvoir pouvez pouvons premier première
prendre près presque prochain propos pu puis puisque puisqu' qu' quand quant quasi que quel quelle
quelles quelqu' quelque quelques quels qui quoi quoique rapport rien s' sa sans sauf savoir sais
sait se selon sera serai serait seraient serais seront ses seul seule seulement si sinon sitôt soi
soient sois soit sommes son sont sorte souvent suis suite suivant sur surtout t' ta tant tel telle
tellement telles tels tes toi ton toujours tous tout toute toutefois toutes très trop trouver tu
un une unes uns va vais vas venir vers veut veulent veux via voici voilà voire vont vos votre
voudrais vouloir vous vraiment vraie vrai vu y aller avoir donner falloir chose choses cas fin
façon manière niveau côté aucunement totalement complètement simplement actuellement notre svp
vraiment exister ca tres etre meme etait apres deja c'est qu'il aimer vouloir ete j'ai quelqu'un
cet bonjour salut trois quatre cinq petit grand gros voir rester devenir laisser arriver seulement
semble sembler rendre tenir juste trop cause afin_de type lieu nombreux nombreuse général générale
nécessaire
"""

_ENGLISH = """
a able about above across actually after again against ago all almost along already also although
always am among an and another any anybody anyone anything anyway anywhere are around as ask at
away b back be became because become been before being below between both but by came can cannot
can't cant come could couldn't couldnt d did didn't didnt do does doesn't doesnt doing don't dont
done down due during each either else enough etc even ever every everybody everyone everything
everywhere except far few find first for four from further gave get gets getting give given go
goes going gone good got great had hadn't has hasn't have haven't having he hello her here hers
herself hi him himself his how however i i'd i'll i'm i've id if ill im in instead into is isn't
isnt it it's its itself ive just keep kept kind knew know known last least less let let's like
likely little ll long look lot lots made make makes making many may maybe me mean might mine more
most mostly much must my myself need needed needs neither never next no nobody none nor not
nothing now of off often oh ok okay on once one ones only onto or other others otherwise our ours
ourselves out over own part particular per perhaps please possible probably put quite rather re
really s said same saw say says see seem seemed seems seen several shall she should shouldn't
since so some somebody someone something sometimes somewhere soon still such sure t take taken
takes taking tell than thank thanks that that's thats the their theirs them themselves then there
there's theres therefore these they they're thing things think this those though thought three
through throughout thus till to today together told too took toward towards tried try trying two
under unless until up upon us use used using usually ve very via want wanted wants was wasn't
wasnt way we we'd we're we've well went were weren't what what's whatever when where whether which
while who whole whom whose why will wish with within without won't wont would wouldn't yes yet you
you'd you'll you're you've your yours yourself cos however bit big small new old right sir madam
mr mrs ms th st nd rd pm eg ie five six seven n't 's lack unable feel felt always nice happen
particularly especially
"""

STOP_WORDS = {"fr": word_set(_FRENCH), "en": word_set(_ENGLISH)}
