"""Two real consultations held elsewhere: a questionnaire made from the columns of their data."""

import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

Definition = dict[str, Any]


@dataclass
class HeldElsewhere:
    """A consultation as its data gives it.

    ``answers`` is what pandas has of each closed question, by its name here: a list of labels per
    respondent, empty when not answered. ``content`` is the file to bring in.
    """

    title: str
    questions: list[Definition] = field(default_factory=list)
    mapping: dict[str, str] = field(default_factory=dict)
    answers: dict[str, pd.Series] = field(default_factory=dict)
    content: bytes = b""
    lang: str = "fr"

    @property
    def definition(self) -> Definition:
        section = {"name": "all", "title": both(self.title), "questions": self.questions}
        return {"title": both(self.title), "sections": [section]}

    def ask(self, type_: str, text: str, labels: list[str] | None = None, **more: Any) -> str:
        """Adds a question; returns its name."""
        name = f"q{len(self.questions) + 1}"
        question = {"name": name, "type": type_, "label": both(text), **more}
        if labels is not None:
            choices = [{"name": f"c{n}", "label": both(x)} for n, x in enumerate(labels, 1)]
            question["choices"] = choices
        self.questions.append(question)
        return name


def both(words: str) -> dict[str, str]:
    plain = " ".join(words.split())
    return {"fr": plain, "en": plain}


def bc_survey(folder: Path) -> HeldElsewhere:
    """1,001 British Columbians on artificial intelligence, one row each."""
    path = folder / "ca_bc_ai_survey_2025" / "responses_wide.csv"
    data = pd.read_csv(path, dtype=str)
    made = HeldElsewhere("AI in British Columbia", content=path.read_bytes(), lang="en")
    made.mapping |= {"S. No": "_id", "engagement_completed_EDT": "_submitted_at"}
    several: dict[str, list[str]] = {}
    for column in data.columns:
        stem, _, number = column.rpartition("_")
        if number.isdigit() and stem.startswith("Q"):
            several.setdefault(stem, []).append(column)
        elif column == "Age":
            made.mapping[column] = made.ask("integer", column)
        elif column.endswith("_text_OE"):
            made.mapping[column] = made.ask("long_text", column, max_length=20_000)
        elif 2 <= data[column].nunique() <= 15 and "_OE" not in column:
            labels = sorted(data[column].dropna().unique())
            name = made.mapping[column] = made.ask("one_choice", column, labels)
            made.answers[name] = data[column].map(lambda one: [one] if isinstance(one, str) else [])
    for stem, columns in several.items():
        labels = [data[column].dropna().iloc[0] for column in columns]
        name = made.ask("several_choices", stem, labels)
        made.mapping |= {column: f"{name}.c{n}" for n, column in enumerate(columns, 1)}
        made.answers[name] = data[columns].apply(lambda row: list(row.dropna()), axis=1)
    return made


def french_equality(folder: Path) -> HeldElsewhere:
    """967 people on a law about equality, one row per answer: made one row per person here."""
    source = folder / "fr_egalite_fh_assemblee_2016"
    closed = pd.read_csv(source / "reponses_fermees.csv", dtype=str).drop_duplicates()
    people = pd.read_csv(source / "repondants.csv", dtype=str).set_index("repondant")
    texts = pd.read_csv(source / "questions.csv", dtype=str).set_index("question")["texte"]
    words = pd.read_csv(source / "contributions_annotees.csv", dtype=str)
    made = HeldElsewhere("Égalité entre les femmes et les hommes")
    everyone = sorted({*people.index, *closed["repondant"], *words["repondant"].dropna()})
    file = pd.DataFrame({"_id": everyone}, index=pd.Index(everyone))
    for number, rows in closed.groupby("question", sort=False):
        answers = rows.groupby("repondant")["choix"].agg(list).reindex(file.index)
        kind = "several_choices" if answers.str.len().max() > 1 else "one_choice"
        name = made.ask(kind, texts.get(number, f"Question {number}"), list(rows["choix"].unique()))
        file[name] = answers.str.join("|").fillna("")
        made.answers[name] = answers.map(lambda one: one if isinstance(one, list) else [])
    sex = people["sexe_code"].reindex(file.index)
    labels = {"1.0": "Femme", "0.0": "Homme"}
    name = made.ask("one_choice", "Sexe", list(labels.values()))
    file[name] = sex.map(labels).fillna("")
    made.answers[name] = sex.map(lambda code: [labels[code]] if code in labels else [])
    for theme, rows in words.dropna(subset="texte").groupby("theme"):
        name = made.ask("long_text", str(theme), max_length=20_000)
        joined = rows.groupby("repondant")["texte"].agg("\n\n".join)
        file[name] = joined.reindex(file.index).fillna("")
    buffer = io.StringIO()
    file.to_csv(buffer, index=False)
    made.content = buffer.getvalue().encode()
    return made
