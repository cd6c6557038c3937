import numpy as np

from consult.analysis.text.features import CommentEmbedder, centred_by_language

CONCEPTS = [["wait", "phone"], ["phone", "line"], ["form", "page"], ["page", "document"], []] * 6
LANGS = np.array(["fr", "en", "en", "fr", "en"] * 6, dtype=object)


def test_comments_that_share_words_are_nearer_than_others() -> None:
    points = CommentEmbedder().fit_transform(CONCEPTS, LANGS)
    assert points[0] @ points[1] > points[0] @ points[2]


def test_words_of_one_semantic_field_bring_comments_nearer() -> None:
    concepts = [["password"], ["login"], ["rent"], ["snow"]] * 3
    langs = np.array(["en"] * 12, dtype=object)
    without, joined = (
        CommentEmbedder(fields=weight).fit_transform(concepts, langs) for weight in (0.0, 0.6)
    )
    assert joined[0] @ joined[1] > without[0] @ without[1] + 0.1


def test_rows_have_length_one_and_silence_none() -> None:
    points = CommentEmbedder().fit_transform(CONCEPTS, LANGS)
    lengths = np.linalg.norm(points, axis=1)
    assert np.allclose(lengths[[4, 9]], 0)
    assert np.allclose(lengths[:4], 1, atol=1e-3)


def test_the_same_comments_give_the_same_points() -> None:
    first, second = (CommentEmbedder().fit_transform(CONCEPTS, LANGS) for _ in range(2))
    assert np.array_equal(first, second)


def test_centring_takes_the_language_away_and_leaves_the_input_alone() -> None:
    points = np.array([[5.0, 1.0], [5.0, -1.0], [-5.0, 1.0], [-5.0, -1.0]] * 5)
    langs, before = np.array(["fr", "fr", "en", "en"] * 5), points.copy()
    centred = centred_by_language(points, langs)
    assert np.allclose(centred[:, 0], 0)
    assert np.array_equal(points, before)


def test_what_was_learned_places_the_same_comments_at_the_same_points() -> None:
    embedder = CommentEmbedder()
    points = embedder.fit_transform(CONCEPTS, LANGS)
    assert np.allclose(embedder.transform(CONCEPTS, LANGS), points, atol=1e-4)
    assert not embedder.transform([["never", "met"]], LANGS[:1]).any()


def test_one_word_alone_can_still_be_learned() -> None:
    embedder = CommentEmbedder().fit([["wait"], []], LANGS[:2])
    assert embedder.transform([["wait"], []], LANGS[:2]).tolist() == [[1], [0]]
