"""``consult import-comments``: what a file becomes, once, and what is said about it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from consult.db import db
from consult.feedback import queries
from consult.organizations.models import Service

Run = Callable[..., Result]

ROWS = """avis,note,langue,date,région
"Trop long, et
le bouton ne marche pas.",2,fr,2026-10-01,Estrie
Very easy to use for everyone.,5,en,2026-10-02,Montréal
,3,fr,2026-10-03,Estrie
,,fr,2026-10-04,Estrie
Appelez-moi au 418 555-0142,1,fr,2026-10-05,Laval
"""


@pytest.fixture
def csv_file(tmp_path: Path) -> Path:
    path = tmp_path / "avis.csv"
    path.write_text(ROWS, encoding="utf-8-sig")
    return path


@pytest.fixture
def run(app: Flask, service: Service) -> Run:
    """``run(file, option, …)`` runs the command on the test's service, in English."""

    def do(file: Path, *options: str, slug: str = service.slug) -> Result:
        arguments = [str(file), "--service", slug, "--report-lang", "en", *options]
        return app.test_cli_runner().invoke(args=["import-comments", *arguments])

    return do


def test_rows_become_feedback_of_the_service(run: Run, csv_file: Path, service: Service) -> None:
    result = run(csv_file)
    assert result.exit_code == 0, result.output
    db.session.rollback()
    rows = queries.comments_of(service)
    said = [(row.text, row.rating, row.lang, row.segment) for row in rows]
    assert said == [
        ("Trop long, et\nle bouton ne marche pas.", 2, "fr", "Estrie"),
        ("Very easy to use for everyone.", 5, "en", "Montréal"),
        ("", 3, "fr", "Estrie"),
        ("Appelez-moi au [téléphone/phone]", 1, "fr", "Laval"),
    ]
    assert {row.channel for row in rows} == {"import"}
    assert rows[0].submitted_at.date().isoformat() == "2026-10-01"


def test_it_says_what_it_guessed_and_did(run: Run, csv_file: Path) -> None:
    lines = run(csv_file).output.splitlines()
    assert "Comments: column “avis” (guessed)" in lines
    assert "Ratings: column “note” (guessed)" in lines
    assert "Added: 4" in lines
    assert "Rows without a word or a rating, left out: 1" in lines


def test_the_same_file_twice_counts_once(run: Run, csv_file: Path, service: Service) -> None:
    run(csv_file)
    again = run(csv_file)
    assert again.exit_code == 0
    assert {"Added: 0", "Already there: 4"} <= set(again.output.splitlines())
    db.session.rollback()
    assert len(queries.comments_of(service)) == 4


def test_columns_can_be_told(run: Run, tmp_path: Path, service: Service) -> None:
    path = tmp_path / "deux.csv"
    path.write_text("a;b\nPremier texte assez long;Second texte\nEncore un texte;Dernier mot\n")
    result = run(path, "--text", "b")
    assert "Comments: column “b”" in result.output.splitlines()
    db.session.rollback()
    assert [row.text for row in queries.comments_of(service)] == ["Second texte", "Dernier mot"]


def test_the_language_is_found_when_the_file_does_not_tell(
    run: Run, tmp_path: Path, service: Service
) -> None:
    path = tmp_path / "langues.csv"
    path.write_text(
        "comment\nThe page was slow and I gave up twice.\nThe form asks the same thing twice.\n"
        "La page était lente et j’ai abandonné deux fois.\nOK\n"
    )
    run(path)
    db.session.rollback()
    assert [row.lang for row in queries.comments_of(service)] == ["en", "en", "fr", "en"]


def test_another_scale_is_brought_to_1_to_5(run: Run, tmp_path: Path, service: Service) -> None:
    path = tmp_path / "sur-dix.csv"
    path.write_text("avis,note\nmauvais départ,0\nplutôt moyen,5\nbonne arrivée,10\n")
    result = run(path)
    assert "Ratings from 0 to 10 are brought to 1 to 5." in result.output.splitlines()
    db.session.rollback()
    assert [row.rating for row in queries.comments_of(service)] == [1, 3, 5]


def test_ratings_on_no_known_scale_are_left_out_and_it_is_said(
    run: Run, tmp_path: Path, service: Service
) -> None:
    path = tmp_path / "sur-mille.csv"
    path.write_text("avis,note\nmauvais départ,3\nplutôt moyen,500\nbonne arrivée,950\n")
    result = run(path)
    assert result.exit_code == 0, result.output
    assert "no scale" in result.output
    db.session.rollback()
    rows = queries.comments_of(service)
    assert [row.rating for row in rows] == [None] * 3
    assert rows[0].text == "mauvais départ"


def test_a_time_with_its_zone_is_that_moment(run: Run, tmp_path: Path, service: Service) -> None:
    path = tmp_path / "heures.csv"
    path.write_text(
        "avis,date\npremier avis,2026-07-01T12:00:00Z\ndeuxième avis,2026-07-01T12:00:00-07:00\n"
        "troisième avis,2026-07-01 12:00\n"
    )
    run(path)
    db.session.rollback()
    said = {row.text: row.submitted_at.isoformat() for row in queries.comments_of(service)}
    assert said == {
        "premier avis": "2026-07-01T12:00:00+00:00",
        "deuxième avis": "2026-07-01T19:00:00+00:00",
        "troisième avis": "2026-07-01T16:00:00+00:00",
    }


def test_a_letter_that_grows_when_cleaned_does_not_stop_the_file(
    run: Run, tmp_path: Path, service: Service
) -> None:
    path = tmp_path / "devanagari.csv"
    path.write_text("avis,note\n" + "\u0958" * 4_000 + ",1\n", encoding="utf-8")
    assert run(path).exit_code == 0
    db.session.rollback()
    assert len(queries.comments_of(service)[0].text) == 5_000


def test_long_and_odd_texts_are_kept_as_far_as_they_can(
    run: Run, tmp_path: Path, service: Service
) -> None:
    path = tmp_path / "long.csv"
    path.write_text(f"avis,note\n{'mot ' * 2_000},1\nune\x0bligne\x1f,2\n")
    assert "Comments cut at 5,000 characters: 1" in run(path).output.splitlines()
    db.session.rollback()
    first, second = queries.comments_of(service)
    assert len(first.text) in (4_999, 5_000)
    assert second.text == "une ligne"


@pytest.mark.parametrize(
    ("content", "options"),
    [
        (b"%PDF-1.7 \xe2\xe3", ()),
        (b"", ()),
        (b"avis\n", ()),
        (b"\x00\x01\x02", ()),
        (ROWS.encode(), ("--text", "absente")),
        (ROWS.encode(), ("--rating", "avis")),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line_and_nothing_is_stored(
    run: Run, tmp_path: Path, service: Service, content: bytes, options: tuple[str, ...]
) -> None:
    path = tmp_path / "mauvais.csv"
    path.write_bytes(content)
    result = run(path, *options)
    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1
    db.session.rollback()
    assert queries.comments_of(service) == []


def test_a_missing_file_and_an_unknown_service_are_said(run: Run, csv_file: Path) -> None:
    missing = run(csv_file.with_name("absent.csv"))
    unknown = run(csv_file, slug="inconnu")
    assert (missing.exit_code, unknown.exit_code) == (2, 2)
    assert "inconnu" in unknown.output
