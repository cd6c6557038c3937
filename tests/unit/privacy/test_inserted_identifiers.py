"""Whatever stands around an identifier, it does not come out. Values are fictitious."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from consult.privacy.recognizers import find_identifiers
from consult.privacy.redaction import MARKERS, redact, redact_code, redact_url

GAPS = st.sampled_from([" ", "-", ".", "\u00a0", "\u202f", "–", "\u2011"])
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _digits(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


def _grouped(number: str, sizes: tuple[int, ...], gap: str) -> str:
    groups, position = [], 0
    for size in sizes:
        groups.append(number[position : position + size])
        position += size
    return gap.join(groups)


@st.composite
def phones(draw: st.DrawFn) -> str:
    area = draw(st.sampled_from(["418", "514", "581", "819", "613", "437"]))
    number, gap = f"{area}55501{draw(_digits(2))}", draw(GAPS)
    shape = draw(st.sampled_from(["{}", "+1 {}", "1-{}", "({area}) {rest}", "{joined}"]))
    return shape.format(
        _grouped(number, (3, 3, 4), gap),
        area=area,
        rest=_grouped(number[3:], (3, 4), gap),
        joined=number,
    )


@st.composite
def social_insurance_numbers(draw: st.DrawFn) -> str:
    start = "0" + draw(_digits(7))
    return _grouped(start + luhn.calc_check_digit(start), (3, 3, 3), draw(GAPS))


@st.composite
def cards(draw: st.DrawFn) -> str:
    start = draw(st.sampled_from(["400000", "555555", "601100", "222300"])) + draw(_digits(9))
    gap = draw(st.one_of(GAPS, st.just("")))
    return _grouped(start + luhn.calc_check_digit(start), (4, 4, 4, 4), gap)


@st.composite
def health_insurance_numbers(draw: st.DrawFn) -> str:
    letters = draw(st.text("BCDFGHKLMNPRST", min_size=4, max_size=4))
    month = draw(st.integers(1, 12)) + draw(st.sampled_from([0, 50]))
    birth = f"{draw(st.integers(30, 99))}{month:02}{draw(st.integers(1, 28)):02}"
    gap = draw(st.sampled_from([" ", "", "\u00a0"]))
    number = _grouped(letters + birth + draw(_digits(2)), (4, 4, 4), gap)
    return draw(st.sampled_from([number, number.lower()]))


@st.composite
def emails(draw: st.DrawFn) -> str:
    name = draw(st.text("abcdefghijklm0123456789_", min_size=1, max_size=12))
    domain = draw(st.sampled_from(["exemple.ca", "example.org", "mail.example.com"]))
    return name + draw(st.sampled_from(["@", " @ ", "＠", " arobase ", " [at] ", "(at)"])) + domain


NUMBERS = st.one_of(phones(), social_insurance_numbers(), cards())
IDENTIFIERS = st.one_of(NUMBERS, health_insurance_numbers(), emails())

#: Letters and signs as they stand around: none that could be part of the identifier itself.
BEFORE = st.sampled_from(["", "mon numéro ", "c'est le: ", "(", "«\u00a0", "tel=", "voici,", "\n"])
AFTER = st.sampled_from(["", " merci", ".", ", svp", ")", "\u00a0»", "!", "\nSuite", "; 2 fois"])
WORDS = st.text(st.characters(exclude_categories=("Nd", "Cs")), max_size=20)


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


@given(WORDS, BEFORE, IDENTIFIERS, AFTER, WORDS)
def test_an_inserted_identifier_never_comes_out(
    start: str, before: str, identifier: str, after: str, end: str
) -> None:
    safe = redact(f"{start} {before}{identifier}{after} {end}").text
    assert _bare(identifier) not in _bare(safe)
    assert redact(safe).text == safe


@given(BEFORE, NUMBERS, AFTER)
def test_digits_of_full_width_hide_nothing(before: str, number: str, after: str) -> None:
    assert redact(before + number.translate(FULL_WIDTH) + after).found


@given(st.text(max_size=200))
def test_any_text_is_read_and_grows_by_its_markers_only(text: str) -> None:
    redaction = redact(text)
    assert len(redaction.text) <= len(text) + sum(len(MARKERS[kind]) for kind in redaction.found)


@given(st.text(st.characters(exclude_categories=["Nd"], exclude_characters="@＠﹫([{（")))
def test_a_text_without_digits_nor_signs_stays(text: str) -> None:
    if not any(word in text.lower() for word in ("arob", " at ", " dot ", " point ")):
        assert redact(text).text == text


@given(st.one_of(NUMBERS, health_insurance_numbers()), st.sampled_from(["-", "_", "+", "%20"]))
def test_an_identifier_in_an_address_never_comes_out(number: str, sign: str) -> None:
    slug = number.replace(" ", sign)
    for path in (f"/jean-tremblay-{slug}", f"/u/{slug}/x", f"/a;n=1/{slug}-2", f"/{slug};v=2"):
        for encoded in (path, path.replace("-", "%2D"), path.replace("-", "%252D")):
            safe = redact_url(f"https://example.org{encoded}")
            assert safe is not None
            assert _bare(number) not in _bare(safe)
            assert redact_url(safe) == safe


@given(NUMBERS, st.sampled_from(["", "NAS-", "usager-", "tx_", "no "]))
def test_an_identifier_as_a_reference_never_comes_out(number: str, before: str) -> None:
    assert _bare(number) not in _bare(redact_code(before + number))


@given(st.uuids())
def test_names_that_machines_give_stay(name: uuid.UUID) -> None:
    assert redact(f"demande {name}, merci").found == ()
    assert redact_url(f"/demandes/{name}/recu") == f"/demandes/{name}/recu"
    assert redact_code(str(name)) == str(name)


KEPT_CODES = [
    "CMD-2024-000118",
    "REF-637665290",
    "dossier 637665290",
    "A1-B2-C3",
    "2024/118",
    "été",
]


@pytest.mark.parametrize("code", KEPT_CODES)
def test_an_order_number_stays(code: str) -> None:
    assert redact_code(code) == code


LISTS = [
    "1 ", "1.", "(", "@", ".", "a at b.c ", "0612345678 ", "+33 6 12 34 56 78 ", "(418) 555-0142 ",
    "0033 6 12 34 56 78 ", "4000007509910128 ", "4000 0075 0991 0128 ", "046 454 286 ",
    "GAGL 6205 1418 ", "G A G L ", "12 rue A ", "a@exemple.ca ", "\u200b1", "046454286-",
    "x point ",
]  # fmt: skip


@pytest.mark.parametrize("piece", LISTS)
def test_a_list_is_read_in_a_few_goes_however_long(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    readings = []

    def counted(text: str) -> list[object]:
        readings.append(1)
        return list(find_identifiers(text))

    monkeypatch.setattr("consult.privacy.redaction.find_identifiers", counted)
    redact((piece * 5_000)[:5_000])
    assert len(readings) <= 4
