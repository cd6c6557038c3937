"""One answer for a form sent twice without a key of its own."""

from datetime import UTC, datetime, timedelta

from consult.feedback.repeats import LONG, SHORT, Sent, keys_of

NOW = datetime(2026, 11, 23, 15, 0, 3, tzinfo=UTC)
SECRET = "s" * 40
CHOICE = Sent("cle", "rating", {"rating": "5"}, "/fin", "")
LONG_COMMENT = "Le bouton ne répondait pas, puis la page m’a fait recommencer depuis le tout début."
WORDS = CHOICE._replace(answers={"rating": "5", "comment": LONG_COMMENT})
SHORT_WORDS = CHOICE._replace(answers={"rating": "1", "comment": "Le site ne fonctionne pas."})


def keys(sent: Sent, sender: str = "192.0.2.1 Firefox", after: float = 0) -> tuple[str, str]:
    found = keys_of(sent, sender, SECRET, NOW + timedelta(seconds=after))
    return found.present, found.before


def test_the_same_sent_again_at_once_has_the_same_key() -> None:
    assert keys(CHOICE) == keys(CHOICE, after=0.5)


def test_the_key_of_the_period_before_is_known() -> None:
    first, _before = keys(CHOICE)
    assert keys(CHOICE, after=2)[1] == first


def test_a_choice_alone_is_held_for_a_second_click_for_a_short_time() -> None:
    assert keys_of(CHOICE, "x", SECRET, NOW).within == SHORT
    assert set(keys(CHOICE)).isdisjoint(keys(CHOICE, after=25))


def test_long_words_and_references_are_held_longer() -> None:
    assert keys_of(WORDS, "x", SECRET, NOW).within == LONG
    assert keys_of(CHOICE._replace(reference="A-12"), "x", SECRET, NOW).within == LONG
    assert keys_of(SHORT_WORDS, "x", SECRET, NOW).within == SHORT


def test_people_who_write_the_same_during_an_outage_mostly_have_other_keys() -> None:
    crowd = {keys(SHORT_WORDS, f"192.0.2.{number} Firefox")[0] for number in range(50)}
    assert 40 < len(crowd) <= 50


def test_what_differs_has_another_key() -> None:
    others = [
        CHOICE._replace(answers={"rating": "4"}),
        CHOICE._replace(page="/autre"),
        CHOICE._replace(service="autre"),
        CHOICE._replace(reference="A-13"),
        CHOICE._replace(contact="camille@example.org"),
        WORDS,
    ]
    assert len({keys(sent)[0] for sent in [CHOICE, *others]}) == 7


def test_people_who_choose_the_same_at_once_mostly_have_other_keys() -> None:
    crowd = {keys(CHOICE, f"192.0.2.{number} Firefox")[0] for number in range(50)}
    assert 40 < len(crowd) <= 50


def test_a_key_tells_no_address() -> None:
    """Of 4,096 senders, 256 groups at most: each key is that of many."""
    crowd = {keys(CHOICE, f"10.0.{n // 256}.{n % 256}")[0] for n in range(4_096)}
    assert len(crowd) <= 256
