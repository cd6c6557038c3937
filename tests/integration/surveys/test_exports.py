"""Answers taken away as files: what stands in them, and what never does."""

import copy
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from sqlalchemy import text as sql

from consult.db import db, utc_now
from consult.organizations.models import Account, Role
from consult.surveys.models import Channel, Consultation, Response, ResponseState
from consult.surveys.services.prepare import add_version
from consult.surveys.services.respond import FilledQuestionnaire, record_all
from tests.integration.surveys.exported import ANSWERS, TRAIN, getting_about, table, text
from tests.pages import PageClient

SENT = datetime(2026, 3, 31, 14, 5, 6, tzinfo=UTC)
STAFF = "/en/staff/consultations/trajets/export"


@pytest.fixture
def trips(make_consultation: Callable[..., Consultation], editor: Account) -> Consultation:
    """Two responses: one with an answer to everything, one with nearly none."""
    made = make_consultation("trajets", public=False, satisfaction_question=None)
    add_version(editor, made, getting_about(), utc_now())
    later = SENT + timedelta(minutes=1)
    filled = [
        FilledQuestionnaire(ANSWERS, "fr", SENT, Channel.PAPER),
        FilledQuestionnaire({"uses": ["bike"], "minutes": 20}, "en", later),
    ]
    record_all(made, filled)
    full = db.session.scalars(db.select(Response).order_by(Response.id)).first()
    assert full
    full.experience_rating, full.experience_comment = 5, "@merci"
    db.session.commit()
    return made


@pytest.fixture
def reader(
    client: PageClient, staff: Callable[..., Account], sign_in: Callable[[Account], None]
) -> PageClient:
    sign_in(staff(Role.VIEWER))
    return client


def test_a_table_has_codes_choices_and_places_in_their_columns(
    reader: PageClient, trips: Consultation
) -> None:
    answer = reader.get(f"{STAFF}/answers?format=csv&open=y")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="trajets-open.csv"'
    full, short = table(answer)
    expected = {
        "_version": "2",
        "_lang": "fr",
        "_channel": "paper",
        "_submitted_at": "2026-03-31T14:05:06+00:00",
        "_corrected_at": "",
        "_experience_rating": "5",
        "_experience_comment": "'@merci",
        "uses": "bus|train",
        "uses.bus": "1",
        "uses.bike": "0",
        "uses.train": "1",
        "priorities": "train|bus",
        "priorities.1": "train",
        "priorities.2": "bus",
        "rate_price": "bad",
        "rate_speed": "good",
        "minutes": "-5",
        "cost": "-12.5",
        "since": "2024-02-29",
        "leaves": "07:05",
        "ease": "4",
        "region": "03",
        "town": "23027",
        "words": '\'=cmd|" /C calc"!A0',
    }
    assert {name: full[name] for name in expected} == expected
    assert {name for name, cell in short.items() if cell} == {
        "_id", "_version", "_lang", "_channel", "_submitted_at",
        "uses", "uses.bus", "uses.bike", "uses.train", "minutes",
    }  # fmt: skip
    assert (short["uses.bus"], short["uses.bike"]) == ("0", "1")


def test_an_export_never_holds_what_leads_to_a_person(
    reader: PageClient, trips: Consultation
) -> None:
    for kind in ("csv", "json", "decidim"):
        content = reader.get(f"{STAFF}/answers?format={kind}&open=y").get_data(as_text=True)
        for response in trips.versions[-1].consultation and db.session.scalars(db.select(Response)):
            assert response.receipt_code not in content
            assert str(response.public_id) in content
        closed = reader.get(f"{STAFF}/answers?format={kind}").get_data(as_text=True)
        assert "cmd" not in closed
        assert "merci" not in closed


@pytest.mark.parametrize(
    ("values", "uses", "ease", "town"),
    [("fr", "Autobus|Train", "4", "Québec"), ("en", "Bus|Train", "4", "Québec")],
)
def test_words_stand_in_the_language_asked_for(
    reader: PageClient, trips: Consultation, values: str, uses: str, ease: str, town: str
) -> None:
    full = table(reader.get(f"{STAFF}/answers?values={values}"))[0]
    assert (full["uses"], full["ease"], full["town"]) == (uses, ease, town)
    assert full["uses.train"] == "1"


def test_every_route_has_the_same_columns(
    app: Flask, reader: PageClient, trips: Consultation, tmp_path: Path
) -> None:
    """Page, command and codebook; Excel too; JSON has all but those of choices and places."""
    header = list(table(reader.get(f"{STAFF}/answers?open=y"))[0])
    french = "/fr/equipe/consultations/trajets/exportation/reponses?open=y"
    assert list(table(reader.get(french))[0]) == header
    target = tmp_path / "trajets.csv"
    run = app.test_cli_runner().invoke(
        args=["export-answers", "trajets", "--open", "--output", str(target)]
    )
    assert run.exit_code == 0, run.output
    assert target.read_bytes() == reader.get(f"{STAFF}/answers?open=y").data
    assert [row["column"] for row in table(reader.get(f"{STAFF}/codebook.csv"))] == header
    assert sheets(reader)["answers"][0] == tuple(header)
    (first, _second) = json.loads(reader.get(f"{STAFF}/answers?format=json&open=y").data)
    assert list(first) == [name for name in header if "." not in name]


def sheets(reader: PageClient, query: str = "open=y") -> dict[str, list[tuple[Any, ...]]]:
    answer = reader.get(f"{STAFF}/answers?format=xlsx&{query}")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    assert not any(cell.data_type == "f" for sheet in book for row in sheet for cell in row)
    return {sheet.title: list(sheet.values) for sheet in book}


def test_a_workbook_holds_numbers_texts_and_the_codebook(
    reader: PageClient, trips: Consultation
) -> None:
    book = sheets(reader)
    header, full, short = book["answers"]
    row = dict(zip(header, full, strict=True))
    assert row["words"] == ANSWERS["words"], "text stays text, without an apostrophe"
    assert (row["minutes"], row["ease"], row["uses.bus"]) == (-5, 4, 1)
    assert dict(zip(header, short, strict=True))["words"] is None
    names = [line[0] for line in book["codebook"]]
    assert names[0] == "column"
    assert names[1:] == list(header)


@pytest.mark.parametrize("words", ["<r></worksheet></r>", "&<b>", "https://example.org"])
def test_no_answer_spoils_a_workbook(reader: PageClient, trips: Consultation, words: str) -> None:
    later = SENT + timedelta(days=1)
    record_all(trips, [FilledQuestionnaire({"words": words}, "fr", later)])
    db.session.commit()
    header, *_others, last = sheets(reader)["answers"]
    assert str(dict(zip(header, last, strict=True))["words"]).strip() == words


def test_json_is_an_array_of_plain_answers(reader: PageClient, trips: Consultation) -> None:
    full, short = json.loads(reader.get(f"{STAFF}/answers?format=json&open=y").data)
    assert full["uses"] == ["bus", "train"]
    assert full["words"] == ANSWERS["words"]
    assert full["minutes"] == -5
    assert short["uses"] == ["bike"]
    assert short["priorities"] is None


def test_decidims_conventions(reader: PageClient, trips: Consultation) -> None:
    full, _short = table(reader.get(f"{STAFF}/answers?format=decidim&open=y"), delimiter=";")
    assert full["answers/uses"] == "bus, train"
    assert full["answers/words"].startswith("'=")
    assert full["answers/cost"] == "'-12.5"
    assert full["lang"] == "fr"
    assert not [name for name in full if "." in name]


def test_the_codebook_tells_what_each_column_means(reader: PageClient, trips: Consultation) -> None:
    rows = {row["column"]: row for row in table(reader.get(f"{STAFF}/codebook.csv"))}
    assert rows["uses"]["choices_fr"].splitlines() == [
        "bus = Autobus", "bike = Vélo", "train = Train",
    ]  # fmt: skip
    assert rows["rate_price"]["text_en"] == "Your trips – Price"
    assert rows["uses.bike"]["text_fr"] == "Que prenez-vous ? – Vélo"
    assert rows["priorities"]["relevant"] == "(count-selected(${uses}) > 0)"
    assert rows["uses"]["page_en"] == "Trips"
    assert rows["uses"]["versions"] == "2"
    assert "not answered" in rows["uses"]["note_en"]
    assert rows["_id"]["text_fr"] != rows["_id"]["text_en"]
    entries = json.loads(reader.get(f"{STAFF}/codebook.json").data)
    assert [entry["column"] for entry in entries] == list(rows)


def test_columns_of_earlier_versions_stay_at_the_end_with_their_answers(
    reader: PageClient, trips: Consultation, editor: Account
) -> None:
    definition = getting_about()
    questions = definition["sections"][0]["questions"]
    questions[0]["choices"] = copy.deepcopy(questions[0]["choices"][:2])
    del questions[1]["choices"][2]
    del questions[3:5]
    questions.insert(0, {"name": "new", "type": "yes_no", "label": text("Nouveau ?", "Is it new?")})
    add_version(editor, trips, definition, utc_now())
    record_all(trips, [FilledQuestionnaire({"new": "yes"}, "fr", SENT + timedelta(days=1))])
    db.session.commit()
    rows = table(reader.get(f"{STAFF}/answers?open=y"))
    names = list(rows[0])[8:]
    assert names[:5] == ["new", "uses", "uses.bus", "uses.bike", "uses.train"]
    assert names.index("minutes") > names.index("words")
    assert [row["uses.train"] for row in rows] == ["1", "0", ""]
    assert [row["minutes"] for row in rows] == ["-5", "20", ""]
    assert [row["_version"] for row in rows] == ["2", "2", "3"]
    assert TRAIN["label"]["fr"] in table(reader.get(f"{STAFF}/codebook.csv"))[9]["choices_fr"]


def test_only_responses_that_were_sent_go_out(reader: PageClient, trips: Consultation) -> None:
    first, second = db.session.scalars(db.select(Response).order_by(Response.id))
    first.state, first.answers = ResponseState.WITHDRAWN, {}
    second.draft = {"minutes": 99}
    db.session.commit()
    (row,) = table(reader.get(f"{STAFF}/answers"))
    assert row["minutes"] == "20"


def test_a_consultation_without_answers_or_questionnaire_has_a_file(
    reader: PageClient, make_consultation: Callable[..., Consultation]
) -> None:
    made = make_consultation("trajets", public=False)
    assert table(reader.get(f"{STAFF}/answers")) == []
    assert json.loads(reader.get(f"{STAFF}/answers?format=json").data) == []
    for version in list(made.versions):
        db.session.delete(version)
    db.session.commit()
    assert reader.get(f"{STAFF}/answers").get_data(as_text=True).count("\r\n") == 1
    assert len(sheets(reader)["answers"]) == 1


def test_the_page_offers_every_file_and_sends_wrong_options_back(
    reader: PageClient, trips: Consultation
) -> None:
    for address in (STAFF, "/fr/equipe/consultations/trajets/exportation"):
        page = reader.page(address)
        offered = {tag["value"] for tag in page.select("input[name=format]")}
        assert offered == {"csv", "xlsx", "json", "decidim"}
    assert reader.get(f"{STAFF}/answers?format=exe").location == STAFF
    assert reader.get(f"{STAFF}/codebook.exe").status_code == 404


def test_only_staff_of_the_public_body_takes_answers_away(
    client: PageClient,
    browser: Callable[[], PageClient],
    trips: Consultation,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> None:
    assert "sign-in" in browser().get(f"{STAFF}/answers").location
    sign_in(staff(Role.VIEWER, None))
    for address in (STAFF, f"{STAFF}/answers", f"{STAFF}/codebook.csv"):
        assert client.get(address).status_code == 403


def many(trips: Consultation, number: int) -> None:
    one = [FilledQuestionnaire({"minutes": 5}, "fr", SENT + timedelta(hours=1))]
    record_all(trips, one * number)
    db.session.commit()


def spoil_last_response() -> None:
    """Makes one row of thousands unreadable, the way a damaged disk would."""
    spoilt = {
        "postgresql": "submitted_at = 'infinity'",
        "sqlite": "answers = '{'",
    }[db.engine.dialect.name]
    last = "(SELECT max(id) FROM responses)"
    db.session.execute(sql(f"UPDATE responses SET {spoilt} WHERE id = {last}"))  # noqa: S608
    db.session.commit()


@pytest.mark.parametrize("kind", ["csv", "json", "decidim"])
def test_a_failure_midway_breaks_the_download_off(
    reader: PageClient, trips: Consultation, kind: str
) -> None:
    many(trips, 2_500)
    spoil_last_response()
    answer = reader.get(f"{STAFF}/answers?format={kind}", buffered=False)
    pieces = iter(answer.response)
    assert next(pieces)
    with pytest.raises(Exception, match="export-broken"):
        list(pieces)


def test_a_failure_before_the_first_byte_has_an_error_page(
    reader: PageClient, trips: Consultation
) -> None:
    many(trips, 10)
    spoil_last_response()
    for kind in ("csv", "xlsx"):
        answer = reader.get(f"{STAFF}/answers?format={kind}")
        assert answer.status_code == 500
        assert "not complete" in answer.get_data(as_text=True)


def test_a_command_that_fails_leaves_no_file(
    app: Flask, trips: Consultation, tmp_path: Path
) -> None:
    many(trips, 2_500)
    spoil_last_response()
    target = tmp_path / "trajets.csv"
    run = app.test_cli_runner().invoke(args=["export-answers", "trajets", "--output", str(target)])
    assert run.exit_code == 1
    assert list(tmp_path.iterdir()) == []
    assert app.test_cli_runner().invoke(args=["export-answers", "nulle-part"]).exit_code == 2
