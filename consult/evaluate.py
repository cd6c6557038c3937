"""``consult evaluate``: what a rule or a model does on texts labelled by people."""

from consult.lazy_commands import LazyGroup

evaluate = LazyGroup(
    name="evaluate",
    help="Compare what consult finds with what people say is there.",
    addresses={
        "polarity": "consult.analysis.evaluation.polarity_cli:polarity",
        "redaction": "consult.privacy.cli:redaction",
        "theme-sets": "consult.analysis.evaluation.cli:theme_sets",
        "themes": "consult.analysis.evaluation.cli:themes",
    },
)
