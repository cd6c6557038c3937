"""Answers of a consultation held elsewhere, brought in from a file: all of them, or none."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from consult.db import db, utc_now
from consult.organizations.models import Account, Role
from consult.surveys.answers_import import (
    ImportedAnswers,
    ImportOptions,
    NotHeldElsewhereError,
    TableRefusedError,
    import_answers,
    line_message,
    read_mapping,
)
from consult.surveys.export import FORMATS, export_of
from consult.surveys.models import Channel, Consultation
from consult.surveys.services.prepare import add_version
from consult.surveys.services.respond import FilledQuestionnaire, record_all
from tests.integration.surveys.conftest import responses
from tests.integration.surveys.exported import ANSWERS, getting_about, table
from tests.pages import PageClient

STAFF = "/en/staff/consultations/trajets/import-answers"


@pytest.fixture
def make_elsewhere(
    make_consultation: Callable[..., Consultation], editor: Account
) -> Callable[..., Consultation]:
    """``make_elsewhere(slug)``: held elsewhere, with the questionnaire that has every column."""

    def make(slug: str = "trajets") -> Consultation:
        made = make_consultation(slug, public=False, satisfaction_question=None)
        add_version(editor, made, getting_about(), utc_now())
        made.held_elsewhere = True
        db.session.commit()
        return made

    return make


@pytest.fixture
def elsewhere(make_elsewhere: Callable[..., Consultation]) -> Consultation:
    return make_elsewhere()


def bring_in(consultation: Consultation, content: str | bytes, **options: Any) -> ImportedAnswers:
    file = io.BytesIO(content.encode() if isinstance(content, str) else content)
    done = import_answers(consultation, file, ImportOptions(**options), utc_now())
    db.session.commit()
    return done


def refused(consultation: Consultation, content: str | bytes, **options: Any) -> list[str]:
    """What is told of a file, in English; nothing is written."""
    before = len(responses())
    with pytest.raises(TableRefusedError) as error:
        bring_in(consultation, content, **options)
    assert len(responses()) == before
    with force_locale("en_CA"):
        return [line_message(problem) for problem in error.value.problems]


def exported(consultation: Consultation, kind: str = "csv", **options: Any) -> bytes:
    export = export_of(consultation, with_open=True, **options)
    return b"".join(FORMATS[kind].write(export))


@pytest.mark.parametrize("lang", [None, "fr", "en"])
def test_what_was_exported_comes_in_the_same(
    make_elsewhere: Callable[..., Consultation], elsewhere: Consultation, lang: str | None
) -> None:
    moment = datetime(2026, 3, 31, 14, 5, 6, tzinfo=UTC)
    for words in (ANSWERS["words"], "'=1", "''+x", '- un\n- deux; "trois"', "-5"):
        record_all(
            elsewhere,
            [FilledQuestionnaire({**ANSWERS, "words": words}, "en", moment, Channel.PAPER)],
        )
    db.session.commit()
    first = responses()[0]
    first.experience_rating, first.experience_comment = 4, "=merci"
    first.corrected_at = moment
    db.session.commit()
    other = make_elsewhere("ailleurs")
    assert bring_in(other, exported(elsewhere, lang=lang)).added == 5
    before, after = table(exported(elsewhere)), table(exported(other))
    for row in before + after:
        del row["_id"]
    assert after == before


def test_the_same_file_twice_counts_once(elsewhere: Consultation) -> None:
    lines = "minutes,words\n5,Oui\n5,Oui\n6,\n"
    assert bring_in(elsewhere, lines).added == 3, "two alike in one file are two people"
    again = bring_in(elsewhere, lines)
    assert (again.added, again.already) == (0, 3)
    assert bring_in(elsewhere, "_id,minutes\na1,7\n").added == 1
    grown = bring_in(elsewhere, "_id,minutes,words\na1,7,Plus tard\na2,8,\n")
    assert (grown.added, grown.already) == (1, 1)
    own = bring_in(elsewhere, exported(elsewhere))
    assert (own.added, own.already) == (0, 5), "nor does its own export"


def test_answers_are_read_as_codes_words_ticks_or_places(elsewhere: Consultation) -> None:
    bring_in(
        elsewhere,
        "uses.bus;uses.bike;uses.train;priorities.2;priorities.1;rate_price;town;leaves;ease\n"
        "1;0;Train;Vélo;train; bONS ;montreal;14 h 05;4.0\n"
        ";;;;;;;;\n"
        "non;Oui;;;;;;;2\n",
    )
    first, second = (response.answers for response in responses())
    assert first == {
        "uses": ["bus", "train"],
        "priorities": ["train", "bike"],
        "rate_price": "good",
        "town": "66023",
        "leaves": "14:05",
        "ease": 4,
    }
    assert second == {"uses": ["bike"], "ease": 2}


def test_what_the_file_says_of_a_response_is_kept(elsewhere: Consultation) -> None:
    bring_in(
        elsewhere,
        "minutes,_lang,_channel,_submitted_at,_experience_rating,_version\n"
        "1,en,phone,2026-01-15 09:30,5,2\n"
        "2,,,,,\n",
        lang="en",
    )
    told, default = responses()
    assert (told.lang, told.channel, told.experience_rating) == ("en", Channel.PHONE, 5)
    assert told.submitted_at == datetime(2026, 1, 15, 14, 30, tzinfo=UTC), "Québec's time"
    assert (default.lang, default.channel) == ("en", Channel.FILE)
    assert default.submitted_at == default.consultation.closes_at
    assert default.browser_mark is None


def test_personal_information_is_masked_on_the_way_in(elsewhere: Consultation) -> None:
    done = bring_in(
        elsewhere, "words,_experience_comment\nÉcrivez à nom@example.org,nom@example.org\n"
    )
    assert done.masked == 1
    (response,) = responses()
    assert "example.org" not in str(response.answers) + response.experience_comment


def test_every_fault_is_told_with_its_line_and_column(elsewhere: Consultation) -> None:
    told = refused(
        elsewhere,
        "_id,minutes,uses,uses.bus,since,_lang,_submitted_at,_version,ease\n"
        "a,5,bus,,2024-02-29,fr,2026-01-01,2,5\n"
        "b,beaucoup,bus|tram,,31/31/2024,de,hier,9,6\n"
        'c,"\n7",,peut-être,,,,1,\n'
        "a,1,,,,,,,,trop\n",
    )
    places = [
        "Line 3, column “_version”", "Line 3, column “minutes”", "Line 3, column “uses”",
        "Line 3, column “since”", "Line 3, column “ease”", "Line 3, column “_submitted_at”",
        "Line 3, column “_lang”", "Line 4, column “minutes”", "Line 4, column “uses.bus”",
        "Line 6", "Line 6, column “_id”",
    ]  # fmt: skip
    assert len(told) == len(places)
    for place in places:
        assert [line for line in told if line.startswith(f"{place}: ")], (place, told)
    assert "“bus|tram”" in next(line for line in told if "“uses”" in line)


def test_words_of_people_are_not_repeated_in_a_fault(elsewhere: Consultation) -> None:
    (told,) = refused(elsewhere, f"words\nmon secret {'a' * 5_000}\n")
    assert "secret" not in told


def test_columns_are_renamed_and_left_out_on_demand(elsewhere: Consultation) -> None:
    content = "Temps (en min) = total,Autre,Note\n5,x,3\n"
    told = refused(elsewhere, content)
    assert len(told) == 3
    mapping = read_mapping(["Temps (en min) = total = minutes", "", "Autre ="])
    (left,) = refused(elsewhere, content, mapping=mapping)
    assert "“Note”" in left
    done = bring_in(elsewhere, content, mapping=mapping, ignore_unknown=True)
    assert done.left_out == ("Autre", "Note")
    assert [response.answers for response in responses()] == [{"minutes": 5}]


@pytest.mark.parametrize(
    "mapping",
    [{"absent": "minutes"}, {"a": "nothing"}, {"a": "minutes", "b": "minutes"}],
)
def test_a_mapping_that_cannot_be_is_refused(
    elsewhere: Consultation, mapping: dict[str, str]
) -> None:
    assert refused(elsewhere, "a,b\n1,2\n", mapping=mapping, ignore_unknown=True)
    with pytest.raises(TableRefusedError):
        read_mapping(["no sign"])
    with pytest.raises(TableRefusedError):
        read_mapping(["a = x", "a = y"])


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\x00\x01\x02\x00", b"%PDF-1.7\n%\xe2", b"PK\x03\x04\x14\x00\x00\x00", b"minutes\n",
        b"\n\n\n", b'minutes\n"5', b'minutes\n"5"x,1\n', b"\xff\xfem\x00\x00", b"minutes\n\x81\x8d",
        b"words\n" + b"x" * 200_000,
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(elsewhere: Consultation, content: bytes) -> None:
    assert refused(elsewhere, content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_common_encodings_and_separators(
    elsewhere: Consultation, encoding: str, delimiter: str
) -> None:
    content = f"minutes{delimiter}words\r\n5{delimiter}Été\r\n".encode(encoding)
    bring_in(elsewhere, content)
    assert responses()[0].answers == {"minutes": 5, "words": "Été"}


def test_one_version_at_a_time_and_only_what_it_asks(
    elsewhere: Consultation, editor: Account
) -> None:
    definition = getting_about()
    del definition["sections"][0]["questions"][3]
    add_version(editor, elsewhere, definition, utc_now())
    db.session.commit()
    (told,) = refused(elsewhere, "minutes,_version\n5,\n6,2\n")
    assert told.startswith("Line 2, column “minutes”")
    bring_in(elsewhere, "minutes,ease,_version\n,3,\n6,,2\n")
    assert [response.version.number for response in responses()] == [3, 2]


def test_only_a_consultation_held_elsewhere_takes_a_file(elsewhere: Consultation) -> None:
    elsewhere.held_elsewhere = False
    db.session.commit()
    with pytest.raises(NotHeldElsewhereError):
        bring_in(elsewhere, "minutes\n5\n")


def upload(client: PageClient, content: str, **fields: str) -> Any:
    data: dict[str, Any] = {"lang": "fr", **fields}
    data["answers"] = (io.BytesIO(content.encode()), "réponses.csv")
    return client.submit(STAFF, data, content_type="multipart/form-data")


def test_the_page_takes_a_file_or_lists_what_to_mend(
    client: PageClient, elsewhere: Consultation, editor: Account, sign_in: Callable[[Account], None]
) -> None:
    sign_in(editor)
    answer = upload(client, "minutes\nbeaucoup\n<script>\n")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Line 2, column “minutes”" in page
    assert "&lt;script&gt;" in page
    assert "<script>" not in page
    assert upload(client, "Temps\n5\n", mapping="Temps").status_code == 422
    done = upload(client, "Temps\n5\n\n", mapping="Temps = minutes")
    assert done.status_code == 303
    assert "1 response added" in client.get(STAFF).get_data(as_text=True)
    assert client.submit(STAFF, {}).status_code == 422
    assert len(responses()) == 1


def test_a_viewer_imports_nothing(
    client: PageClient,
    elsewhere: Consultation,
    staff: Callable[..., Account],
    sign_in: Callable[[Account], None],
) -> None:
    sign_in(staff(Role.VIEWER))
    assert client.get(STAFF).status_code == 403


def test_the_command_imports_or_tells_why_not(
    app: Flask, elsewhere: Consultation, tmp_path: Path
) -> None:
    file, mapping = tmp_path / "answers.csv", tmp_path / "mapping.txt"
    file.write_text("Temps,Rien\n5,a\nx,b\n")
    mapping.write_text("Temps = minutes\n")
    command = ["import-answers", "trajets", str(file), "--report-lang", "en"]
    options = ["--mapping", str(mapping), "--ignore-unknown"]
    run = app.test_cli_runner().invoke(args=command + options)
    assert run.exit_code == 1
    assert "Line 3, column “Temps”" in run.output
    file.write_text("Temps,Rien\n5,a\n")
    assert app.test_cli_runner().invoke(args=command).exit_code == 1
    run = app.test_cli_runner().invoke(args=command + options)
    assert run.exit_code == 0
    assert "1 response added" in run.output
    assert len(responses()) == 1
