"""Real consultations brought in from their files: every crosstab as plain pandas has it."""

import io
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from consult.db import db, utc_now
from consult.organizations.models import Account
from consult.surveys.answers_import import ImportedAnswers, ImportOptions, import_answers
from consult.surveys.export import FORMATS, export_of
from consult.surveys.models import Consultation
from consult.surveys.results.asked import asked
from consult.surveys.results.crosstab import Crosstab, crosstab, fits
from consult.surveys.services.prepare import add_version
from tests.integration.surveys.exported import table
from tests.integration.surveys.held_elsewhere import HeldElsewhere, bc_survey, french_equality

SETS = {"ca_bc_ai_survey_2025": bc_survey, "fr_egalite_fh_assemblee_2016": french_equality}


@pytest.fixture(scope="module", params=SETS)
def real(request: pytest.FixtureRequest, shared_data: Path) -> HeldElsewhere:
    if not (shared_data / request.param).is_dir():
        pytest.skip(f"needs the shared data set {request.param}")
    return SETS[request.param](shared_data)


def load(consultation: Consultation, real: HeldElsewhere) -> ImportedAnswers:
    options = ImportOptions(real.mapping, ignore_unknown=True, lang=real.lang)
    done = import_answers(consultation, io.BytesIO(real.content), options, utc_now())
    db.session.commit()
    return done


@pytest.fixture
def loaded(
    make_consultation: Callable[..., Consultation], editor: Account, real: HeldElsewhere
) -> Consultation:
    made = make_consultation("ailleurs", public=False, satisfaction_question=None)
    add_version(editor, made, real.definition, utc_now())
    made.held_elsewhere = True
    db.session.commit()
    assert load(made, real).added > 900
    return made


def with_pandas(first: pd.Series, second: pd.Series) -> tuple[pd.DataFrame, int]:
    """Label by label counts of two questions answered by lists, and how many answered both."""
    both = pd.DataFrame({"one": first, "other": second})
    both = both[(both["one"].str.len() > 0) & (both["other"].str.len() > 0)]
    pairs = both.explode("one").explode("other")
    return pd.crosstab(pairs["one"], pairs["other"]), len(both)


def folded(labels: Any) -> list[str]:
    return [" ".join(str(label).split()) for label in labels]


def same(ours: Crosstab, theirs: pd.DataFrame) -> bool:
    theirs = theirs.set_axis(folded(theirs.index), axis=0).set_axis(folded(theirs.columns), axis=1)
    columns = [option.label.fr for option in ours.second.options]
    rows = {row.option.label.fr: row.counts for row in ours.rows}
    made = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    wanted = theirs.reindex(index=made.index, columns=made.columns, fill_value=0)
    return bool((made == wanted).all(axis=None)) and int(theirs.to_numpy().sum()) == int(
        made.to_numpy().sum()
    )


def test_every_crosstab_equals_the_one_of_plain_pandas(
    loaded: Consultation, real: HeldElsewhere
) -> None:
    questions = [one for one in asked(loaded) if one.name in real.answers]
    assert len(questions) == len(real.answers)
    crossed = [
        (first, second)
        for first, second in permutations(questions, 2)
        if fits(first, second) and first.name < second.name
    ]
    assert len(crossed) > 150
    on_postgresql = db.engine.dialect.name == "postgresql"
    for first, second in crossed[:: 5 if on_postgresql else 1]:  # the same arithmetic on both
        ours = crosstab(loaded, first, second, {})
        theirs, base = with_pandas(real.answers[first.name], real.answers[second.name])
        assert (ours.base, same(ours, theirs)) == (base, True), (first.name, second.name)


def test_the_export_gives_back_what_the_file_held(
    loaded: Consultation, real: HeldElsewhere
) -> None:
    export = export_of(loaded, lang="fr", with_open=True)
    rows = pd.DataFrame(table(b"".join(FORMATS["csv"].write(export))))
    for name, answers in real.answers.items():
        wanted = sorted("|".join(sorted(folded(labels))) for labels in answers if labels)
        given = sorted("|".join(sorted(cell.split("|"))) for cell in rows[name] if cell)
        assert given == wanted, name
    again = load(loaded, real)
    assert again.added == 0
    assert again.already == len(rows)
