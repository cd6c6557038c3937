"""The path on slices of real comments, when they are there."""

from pathlib import Path

import pandas as pd
import pytest

from consult.analysis.text import analyze_comments
from consult.comment_files import comments_from, guess_columns, read_comments_file

FILES = {
    "uk_nhs_patient_feedback/phase1_single_label.csv": {"text": "text"},
    "uk_nhs_patient_feedback/fft_v6_multilabel.csv": {
        "text": "text", "rating": "rating_fft_1good_5poor", "date": "date",
    },
    "fr_services_publics_plus_2022/experiences.csv": {
        "text": "texte", "rating": "ressenti_usager", "date": "date",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_real_comments_are_read_and_ranked(shared_data: Path, name: str) -> None:
    frame = read_comments_file(shared_data / name)
    guess = guess_columns(frame)
    assert {role: getattr(guess, role) for role in FILES[name]} == FILES[name]
    comments = comments_from(frame, guess).frame.iloc[::5].reset_index(drop=True)
    analysis = analyze_comments(comments, bootstrap=200)
    assert len(analysis.assignments) == len(comments)
    assert 5 <= len(analysis.themes) <= 20
    assert analysis.counts.without_theme <= 0.15 * analysis.counts.answered
    ranked = analysis.themes["points_low" if "rating" in comments else "burden_low"]
    assert ranked.is_monotonic_decreasing
    assert not comments["text"].isna().any()
    assert pd.notna(analysis.themes["label_fr"]).all()
