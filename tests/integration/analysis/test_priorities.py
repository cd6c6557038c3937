"""Effort, the export, and every figure of a report found again from it with plain pandas."""

import io
import json
import uuid
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest, fisher_exact, ttest_ind_from_stats

from consult.analysis.models import Analysis, Theme
from consult.analysis.queries.subjects import subject_of_service
from consult.analysis.report import pruning
from consult.analysis.report.efforts import efforts_of
from consult.analysis.report.kept_tables import packed_tables, unpacked_tables
from consult.analysis.report.models import AnalysisEvidence, Effort, ThemeEffort
from consult.analysis.services.request import request_analysis
from consult.db import db, utc_now
from consult.feedback.models import FeedbackItem
from consult.jobs import queue
from consult.jobs.models import Job
from consult.organizations.models import Account, Role, Service
from tests.integration.analysis.conftest import FIRST_DAY
from tests.pages import PageClient

SignIn = Callable[[Account], None]
Staff = Callable[..., Account]
Export = tuple[dict[str, pd.DataFrame], dict[str, Any]]


def address_of(analysis: Analysis, path: str = "") -> str:
    return f"/en/analyses/{analysis.public_id}{path}"


def export_of(client: PageClient, analysis: Analysis) -> Export:
    """The tables of the export by name, and its method."""
    answer = client.get(address_of(analysis, "/data.zip"))
    assert answer.status_code == 200
    packed = zipfile.ZipFile(io.BytesIO(answer.data))
    tables = {
        name.removesuffix(".csv"): pd.read_csv(packed.open(name))
        for name in packed.namelist()
        if name.endswith(".csv")
    }
    return tables, json.loads(packed.read("method.json"))


def joined(tables: dict[str, pd.DataFrame], theme: int) -> pd.DataFrame:
    """The comments with their share in a theme and how unfavourable they are there."""
    own = tables["shares"].query("theme == @theme").set_index("row")
    frame = tables["comments"].set_index("row")
    return frame.assign(
        s=own["share"].reindex(frame.index, fill_value=0.0),
        u=own["polarity"].clip(upper=0).abs().reindex(frame.index, fill_value=0.0),
    )


def points(rated: pd.DataFrame, times: np.ndarray | float = 1.0) -> float:
    voice = rated["voice"] * times
    outside = voice * (1 - rated["s"])
    mean = (voice * rated["rating"]).sum() / voice.sum()
    return float((outside * rated["rating"]).sum() / outside.sum() - mean)


def test_every_figure_is_found_again_from_the_export(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    sign_in(analyst)
    tables, method = export_of(client, analysis)
    assert method["basis"] == "ratings"
    low, high = method["scale"]
    assert len(tables["comments"]) == 41
    assert not set(tables["comments"]) & {"text", "words"}
    for line in tables["themes"].to_dict("records"):
        said = joined(tables, line["theme"])
        speaking, rated = said[said["answered"] == 1], said.dropna(subset="rating")
        voices = (speaking["voice"] * speaking["s"]).sum()
        total = speaking["voice"].sum()
        assert line["voices"] == pytest.approx(voices)
        assert line["share"] == pytest.approx(voices / total)
        if voices == round(voices) and total == round(total):
            bounds = binomtest(round(voices), round(total)).proportion_ci(method="wilson")
            found = [line["share_low"], line["share_high"]]
            assert found == pytest.approx([bounds.low, bounds.high])
        weights = rated["voice"] * rated["s"]
        mean = (weights * rated["rating"]).sum() / weights.sum()
        assert line["mean_rating"] == pytest.approx(mean)
        assert line["severity"] == pytest.approx((high - mean) / (high - low))
        burden = (speaking["voice"] * speaking["s"] * speaking["u"]).sum() / total
        assert line["burden"] == pytest.approx(burden)
        assert line["points_at_stake"] == pytest.approx(points(rated))
        units, unit = np.unique(rated["unit"], return_inverse=True)
        random = np.random.default_rng(8)
        drawn = [
            points(
                rated,
                np.bincount(random.integers(0, len(units), len(units)), None, len(units))[unit],
            )
            for _ in range(300)
        ]
        bounds_drawn = np.quantile(drawn, [0.025, 0.975])
        found = [line["points_low"], line["points_high"]]
        assert found == pytest.approx(bounds_drawn, abs=0.12)
    by_caution = tables["themes"].sort_values("points_low", ascending=False)
    assert by_caution["rank"].tolist() == list(range(1, len(by_caution) + 1))


def holm(p_values: np.ndarray) -> np.ndarray:
    """p values corrected for their number; those missing stay so."""
    known = np.flatnonzero(~np.isnan(p_values))
    order = known[np.argsort(p_values[known])]
    steps = np.maximum.accumulate(p_values[order] * np.arange(len(order), 0, -1))
    corrected = np.full(len(p_values), np.nan)
    corrected[order] = np.minimum(steps, 1)
    return corrected


def fisher(inside: Any, others: Any) -> float:
    """Of voices and all voices, each rounded to whole ones."""
    table = [(round(a), round(n) - round(a)) for a, n in (inside, others)]
    return float(fisher_exact(table).pvalue)


def welch(inside: Any, others: Any) -> float:
    """From the sums of units by weight; nan where no mean is told."""
    moments = []
    for side in (inside, others):
        mean, size = side["ratings"] / side["weight"], side["weight"] ** 2 / side["squares"]
        spread = max(side["spread"] / side["weight"] - mean**2, 0) * size / (size - 1)
        moments += [mean, spread**0.5, size]
    return float(ttest_ind_from_stats(*moments, equal_var=False).pvalue)


def test_groups_are_found_again_from_the_export(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    sign_in(analyst)
    tables, _method = export_of(client, analysis)
    groups, tests = tables["subgroups"], []
    assert set(groups["grouping"]) == {"lang"}, "too few came by phone to be told"
    cells = tables["group_sums"].set_index(["grouping", "group", "theme", "side"])
    for line in groups.to_dict("records"):
        said = joined(tables, line["theme"]).query("answered == 1")
        inside, voices = said["lang"] == line["group"], said["voice"] * said["s"]
        assert line["comments"] == ((said["s"] > 0) & inside).sum() >= 5
        own, others = (
            cells.loc[(line["grouping"], line["group"], line["theme"], side)]
            for side in ("group", "others")
        )
        for side, rows in ((own, inside), (others, ~inside)):
            rated = said[rows].dropna(subset="rating")
            assert side["voices"] == pytest.approx(voices[rows].sum())
            assert side["everyone"] == pytest.approx(said["voice"][rows].sum())
            assert side["ratings"] == pytest.approx((voices * rated["rating"]).sum())
        assert line["voices"] == pytest.approx(own["voices"])
        assert line["share"] == pytest.approx(own["voices"] / own["everyone"])
        assert line["share_others"] == pytest.approx(others["voices"] / others["everyone"])
        assert line["mean_rating"] == pytest.approx(own["ratings"] / own["weight"])
        assert line["mean_others"] == pytest.approx(others["ratings"] / others["weight"])
        counts = (side[["voices", "everyone"]] for side in (own, others))
        tests.append((fisher(*counts), welch(own, others)))
    p_values = np.concatenate([groups["share_p"], groups["mean_p"]])
    assert p_values == pytest.approx(holm(np.array(tests).T.ravel()))


def test_the_export_does_not_let_one_count_what_the_report_hides(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    sign_in(analyst)
    tables, method = export_of(client, analysis)
    comments = tables["comments"]
    assert "channel" not in comments, "three people came by phone"
    assert set(tables["group_sums"]["grouping"]) == {"lang"}
    assert comments.loc[comments["answered"] == 0, "lang"].isna().all()
    assert "hidden" in method["formulas"]["groups"]
    older = comments.assign(channel="phone").to_csv(index=False)
    kept = unpacked_tables(packed_tables({"comments.csv": older, "shares.csv": "row\n"}))
    assert not {"lang", "channel"} & set(pd.read_csv(io.StringIO(kept["comments.csv"])))


def test_what_told_an_erased_comment_is_gone_and_its_numbers_stay(
    client: PageClient,
    analysis: Analysis,
    comments: list[FeedbackItem],
    analyst: Account,
    sign_in: SignIn,
) -> None:
    sign_in(analyst)
    before = export_of(client, analysis)[0]["comments"]
    gone = str(comments[0].public_id)
    db.session.delete(comments[0])
    db.session.commit()
    after = export_of(client, analysis)[0]["comments"]
    erased = before["comment"] == gone
    assert after["comment"].isna().tolist() == after["date"].isna().tolist() == erased.tolist()
    numbers = ["row", "answered", "voice", "unit", "rating", "lang"]
    pd.testing.assert_frame_equal(after[numbers], before[numbers])
    kept = db.session.get_one(AnalysisEvidence, analysis.id)
    assert gone in unpacked_tables(kept.comments)["comments.csv"]
    assert pruning.prune() == 1
    assert gone not in unpacked_tables(kept.comments)["comments.csv"]
    assert pruning.prune() == 0


def test_the_export_is_for_those_who_read_the_report(
    client: PageClient, analysis: Analysis, staff: Staff, sign_in: SignIn
) -> None:
    sign_in(staff(Role.VIEWER))
    assert client.get(address_of(analysis, "/data.zip")).status_code == 200
    assert "/data.zip" in str(client.page(address_of(analysis)).select_one("#method"))
    analysis.completed_at = None
    db.session.commit()
    assert client.get(address_of(analysis, "/data.zip")).status_code == 404


def test_the_team_sets_efforts_and_sees_impact_against_them(
    client: PageClient, analysis: Analysis, analyst: Account, staff: Staff, sign_in: SignIn
) -> None:
    sign_in(analyst)
    assert client.page(address_of(analysis)).select_one("#effort svg") is None
    form = {"effort-1": "small", "effort-2": "large", "effort-3": "enormous", "effort-9": "small"}
    address = address_of(analysis, "/efforts")
    assert client.submit(address, form, form_page=address_of(analysis)).status_code == 303
    page = client.page(address_of(analysis))
    assert "2 efforts are saved" in page.get_text()
    section = page.select_one("#effort")
    assert section
    assert len(section.select("svg circle")) == 2
    surely = [theme.label.en for theme in analysis.themes if theme.number == 1]
    costly = any(theme.number == 1 and (theme.points_low or 0) > 0 for theme in analysis.themes)
    assert ("surely costly today" in section.get_text()) == costly
    assert not costly or section.select_one("b").get_text() == surely[0]  # type: ignore[union-attr]
    chosen = {one["name"]: one.select_one("option[selected]") for one in section.select("select")}
    assert {name: option and option["value"] for name, option in chosen.items()} == {
        "effort-1": "small",
        "effort-2": "large",
        "effort-3": None,
    }
    kept = db.session.query(ThemeEffort).all()
    assert {one.set_by_id for one in kept} == {analyst.id}
    client.submit(address, {"effort-1": "", "effort-2": "large"}, form_page=address_of(analysis))
    assert efforts_of(analysis, analysis.themes) == {2: Effort.LARGE}
    seen_before = {"effort-1": "small", "effort-2": "", "was-1": "", "was-2": ""}
    client.submit(address, seen_before, form_page=address_of(analysis))
    assert efforts_of(analysis, analysis.themes) == {1: Effort.SMALL, 2: Effort.LARGE}
    client.submit(address, {"effort-1": ""}, form_page=address_of(analysis))
    sign_in(staff(Role.VIEWER))
    page = client.page(address_of(analysis))
    assert not page.select("#effort select")
    assert "large effort" in page.select_one("#effort").get_text()  # type: ignore[union-attr]
    assert client.submit(address, form, form_page=address_of(analysis)).status_code == 403


def test_efforts_go_with_the_themes_that_are_kept(analysis: Analysis, analyst: Account) -> None:
    key = uuid.uuid4()
    analysis.themes[0].key = key
    number = analysis.themes[0].number
    db.session.add(
        ThemeEffort(theme=analysis.themes[0], effort=Effort.SMALL, set_by=analyst, set_at=utc_now())
    )
    again = later_analysis(analysis, key)
    assert efforts_of(again, again.themes) == {1: Effort.SMALL}
    assert efforts_of(analysis, analysis.themes) == {number: Effort.SMALL}
    db.session.add(
        ThemeEffort(theme=again.themes[0], effort=None, set_by=analyst, set_at=utc_now())
    )
    db.session.flush()
    assert efforts_of(again, again.themes) == {}, "taken back is taken back"


def later_analysis(analysis: Analysis, key: uuid.UUID) -> Analysis:
    """Another analysis of the same service, with one theme of that key."""
    label = analysis.themes[0].label
    theme = Theme(number=1, rank=1, bracket=1, label=label, comments=3, share=0.5, key=key)
    again = Analysis(
        organization=analysis.organization,
        service=analysis.service,
        created_by=analysis.created_by,
        job=Job(kind="analysis"),
        themes=[theme],
    )
    db.session.add(again)
    db.session.flush()
    return again


def test_the_page_tells_groups_reach_and_what_is_ranked_on(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    theme = analysis.themes[0]
    hit = {
        "grouping": "channel", "group": "phone", "comments": 9, "voices": 9.0, "share": 0.34,
        "share_others": 0.12, "share_p": 0.001, "rated": 9, "mean_rating": 2.1,
        "mean_others": 3.4, "mean_p": 0.01, "speaks_more": True, "rates_lower": True,
    }  # fmt: skip
    theme.subgroups = [hit, {**hit, "group": "web", "speaks_more": False, "rates_lower": False}]
    db.session.commit()
    sign_in(analyst)
    for lang, told, other in (("en", "By phone", "Online"), ("fr", "Par téléphone", "En ligne")):
        page = client.page(f"/{lang}/analyses/{analysis.public_id}")
        groups = page.select_one("#groups")
        assert groups
        assert told in groups.get_text()
        assert other not in groups.get_text()
    english = " ".join(client.page(address_of(analysis)).get_text(" ").split())
    assert "34% speak of it, against 12% elsewhere" in english
    assert "severity" in english
    assert "From 41 comments" in english
    for own in analysis.themes:
        own.points_at_stake = own.points_low = own.points_high = None
    analysis.basis = "polarity"
    db.session.commit()
    by_words = " ".join(client.page(address_of(analysis)).get_text(" ").split())
    assert "ranked by reach and polarity" in by_words
    assert "A burden of" in by_words


def test_a_report_of_a_period_compares_it_with_the_one_before(
    client: PageClient,
    comments: list[FeedbackItem],
    analyst: Account,
    service: Service,
    sign_in: SignIn,
) -> None:
    subject = subject_of_service(service.slug)
    assert subject
    now = FIRST_DAY + timedelta(days=41)
    made = request_analysis(analyst, subject, themes=3, seed=0, now=now, days=20)
    db.session.commit()
    queue.run(made.job_id)
    db.session.refresh(made)
    within = [one for one in comments if one.submitted_at >= now - timedelta(days=20)]
    assert made.comments == len(within)
    assert made.parameters["trend"]["compared"] == "previous"
    assert sum(theme.share_before or 0 for theme in made.themes) > 0.8
    sign_in(analyst)
    tables, _method = export_of(client, made)
    moved = tables["themes"].merge(tables["trends"], on="theme")
    before, after = (
        list(zip(moved[f"voices_{part}"], moved[f"all_{part}"], strict=True))
        for part in ("before", "after")
    )
    for shares, counts in (("share_before", before), ("share_after", after)):
        assert moved[shares].tolist() == pytest.approx([part / whole for part, whole in counts])
    p_values = np.array([fisher(*pair) for pair in zip(after, before, strict=True)])
    assert moved["trend_p"].to_numpy() == pytest.approx(holm(p_values))
    proven = (moved["share_after"] - moved["share_before"]).where(moved["trend_p"] <= 0.05)
    assert moved["trend"].tolist() == pytest.approx(proven.tolist(), nan_ok=True)
    page = client.page(address_of(made))
    assert "the one of the same length just before it" in page.get_text()
    form = {"service": service.slug, "period": "90"}
    answer = client.submit("/en/analyses", form, form_page=address_of(made))
    assert answer.status_code == 303
    asked = db.session.query(Analysis).order_by(Analysis.id.desc()).first()
    assert asked
    assert asked.parameters["days"] == 90
