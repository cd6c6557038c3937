"""What the staff see and may do."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from consult.analysis.models import Analysis, ThemeComment
from consult.analysis.queries.reports import brackets_of
from consult.db import Localized, db, utc_now
from consult.feedback.models import FeedbackItem
from consult.jobs import queue
from consult.jobs.models import Job, JobState
from consult.organizations import services as organizations
from consult.organizations.models import Account, Organization, Role, Service
from consult.surveys.models import Consultation, QuestionnaireVersion
from tests.integration.analysis.conftest import SPOKEN
from tests.pages import PageClient

QUESTIONNAIRE = {
    "title": {"fr": "Essai", "en": "Trial"},
    "sections": [
        {
            "name": "main",
            "title": {"fr": "Essai", "en": "Trial"},
            "questions": [
                {
                    "type": "long_text",
                    "name": "change",
                    "label": {"fr": "Que faut-il changer", "en": "What should change"},
                }
            ],
        }
    ],
}

SignIn = Callable[[Account], None]
Staff = Callable[..., Account]


def start(client: PageClient, service: Service, lang: str = "fr") -> str:
    """Starts the analysis of a service from the dashboard; the address of its report."""
    answer = client.submit(f"/{lang}/analyses", {"service": service.slug})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location)


def text_of(client: PageClient, address: str) -> str:
    return " ".join(client.page(address).main.get_text(" ").split())  # type: ignore[union-attr]


@pytest.mark.parametrize("address", ["/fr/analyses", "/en/improvements"])
def test_staff_pages_ask_to_sign_in(client: PageClient, address: str) -> None:
    assert (
        "/connexion" in client.get(address).location or "/sign-in" in client.get(address).location
    )


def test_from_the_dashboard_to_the_report(
    client: PageClient,
    comments: list[FeedbackItem],
    analyst: Account,
    service: Service,
    sign_in: SignIn,
) -> None:
    sign_in(analyst)
    assert "41 comments" in text_of(client, "/en/analyses")
    report = start(client, service, "en")
    assert "waits for its turn" in text_of(client, report)
    assert client.page(report).select("[data-waiting][role=status]"), "what the script follows"
    queue.run(db.session.query(Job.id).scalar())
    shown = text_of(client, report)
    assert "What to improve first: Online Permits" in shown
    assert "points of satisfaction at stake, between" in shown
    assert any(item.comment in shown for item in comments[:13]), "people's own words are shown"
    assert report in str(client.page("/en/analyses"))


def test_an_analysis_tells_the_time_left_is_stopped_and_started_again(
    client: PageClient,
    comments: list[FeedbackItem],
    analyst: Account,
    staff: Staff,
    service: Service,
    sign_in: SignIn,
) -> None:
    sign_in(analyst)
    report = start(client, service, "en")
    job, now = db.session.query(Job).one(), utc_now()
    job.state, job.stage, job.progress = JobState.RUNNING, "themes", 0.25
    job.started_at, job.reported_at = now - timedelta(seconds=60), now
    job.lease_until = now + timedelta(minutes=5)
    db.session.commit()
    assert "About 3 minutes left." in text_of(client, report)
    assert "Encore environ 3 minutes." in text_of(client, report.replace("/en/", "/fr/"))
    assert client.submit(f"{report}/stop", {}, form_page=report).status_code == 303
    shown = text_of(client, report)
    assert "The analysis was stopped" in shown
    assert "Start again" in shown
    assert "The last analysis was stopped" in text_of(client, "/en/analyses")
    queue.run(job.id)
    assert db.session.query(Analysis.completed_at).all() == [(None,)]
    again = start(client, service, "en")
    assert again != report
    sign_in(staff(Role.VIEWER))
    assert "Stop this analysis" not in text_of(client, again)
    assert client.submit(f"{again}/stop", {}, form_page=again).status_code == 403


def test_services_and_consultations_of_every_body_are_listed(
    client: PageClient, service: Service, organization: Organization, staff: Staff, sign_in: SignIn
) -> None:
    other = organizations.add_organization("autre", Localized("Autre", "Other"), Localized())
    organizations.add_service(other, "autre-service", Localized("Autre service", "Other service"))
    now = utc_now()
    asked = Consultation(
        slug="essai",
        organization=organization,
        title=Localized("Essai", "Trial"),
        opens_at=now,
        closes_at=now + timedelta(days=1),
        minutes=1,
    )
    asked.versions.append(QuestionnaireVersion(number=1, definition=QUESTIONNAIRE))
    account = staff(Role.ANALYST)
    account.is_central = True
    db.session.add(asked)
    db.session.commit()
    sign_in(account)
    shown = text_of(client, "/en/analyses")
    for name in ("Online Permits", "Other service", "What should change"):
        assert name in shown
    cards = [str(card.get_text()) for card in client.page("/en/analyses").select("article")]
    assert not any("What should change" in card for card in cards), "nobody answered it yet"
    assert "No answer yet: Trial: What should change" in shown


def test_a_quotation_carries_its_own_language(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    sign_in(analyst)
    page = client.page(f"/fr/analyses/{analysis.public_id}")
    langs = {str(quotation["lang"]) for quotation in page.find_all("blockquote")}
    assert langs == {"fr", "en"}


def test_rows_and_table_say_the_same(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    sign_in(analyst)
    page = client.page(f"/en/analyses/{analysis.public_id}")
    in_list = [
        row.h3.find(string=True, recursive=False) for row in page.select(".app-ranking li:has(h3)")
    ]
    rows = page.select("[aria-labelledby=table] tbody tr")
    assert len(rows) == len(analysis.themes) == len(in_list)
    for theme, row in zip(analysis.themes, rows, strict=True):
        assert theme.label.en in row.get_text()
        assert f"{theme.points_low:.2f}".replace("-", "−") in row.get_text()


def test_a_first_rank_that_is_not_alone_is_not_said_to_cost_most(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    sign_in(analyst)
    address = f"/en/analyses/{analysis.public_id}"
    assert "What costs it most" in text_of(client, address)
    for theme in analysis.themes:
        theme.bracket = 1
    db.session.commit()
    shown = text_of(client, address)
    assert "What costs it most" not in shown
    assert f"“{analysis.themes[0].label.en}” comes first, but ranks 1 to 3 can’t be told" in shown


def test_numbers_name_what_they_count_and_zero_has_no_sign(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    analysis.themes[-1].points_low = -0.0041
    analysis.themes[-1].points_at_stake = -0.001
    analysis.themes[-1].points_high = 0.01
    db.session.commit()
    sign_in(analyst)
    shown = text_of(client, f"/en/analyses/{analysis.public_id}")
    assert "−0.00" not in shown
    assert f"of the {analysis.analysed} comments that say something" in shown
    assert "2,000 times" in shown
    assert ".." not in shown


def test_the_first_quotation_agrees_with_the_row(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    theme = analysis.themes[0]
    telling = (
        db.session.query(ThemeComment)
        .filter(ThemeComment.theme_id == theme.id, ThemeComment.representative_rank.is_not(None))
        .order_by(ThemeComment.representative_rank)
        .all()
    )
    for comment in telling:
        comment.rating = 5
    telling[1].rating = 1
    db.session.commit()
    first = brackets_of(analysis)[0].rows[0].quotations
    assert [quotation.rating for quotation in first] == [1, *[5] * (len(telling) - 1)]


def test_the_card_of_a_report_has_one_link_to_it(
    client: PageClient, analysis: Analysis, analyst: Account, service: Service, sign_in: SignIn
) -> None:
    sign_in(analyst)
    links = client.page("/en/analyses").select(f'main a[href$="{analysis.public_id}"]')
    assert [link.get_text() for link in links] == [service.name.en]


def test_a_double_click_starts_one_analysis(
    client: PageClient,
    comments: list[FeedbackItem],
    analyst: Account,
    service: Service,
    sign_in: SignIn,
) -> None:
    sign_in(analyst)
    token = client.page("/fr/analyses").find("input", attrs={"name": "csrf_token"})["value"]  # type: ignore[index]
    form = {"service": service.slug, "csrf_token": token}
    first, second = (client.post("/fr/analyses", data=form) for _click in range(2))
    assert first.location == second.location


def test_a_viewer_reads_but_does_not_start(
    client: PageClient, analysis: Analysis, staff: Staff, service: Service, sign_in: SignIn
) -> None:
    sign_in(staff(Role.VIEWER))
    report = client.page(f"/fr/analyses/{analysis.public_id}")
    assert not report.select("main form"), "no button that would be refused"
    token = report.find("input", attrs={"name": "csrf_token"})
    data = {"service": service.slug, "csrf_token": token["value"] if token else ""}  # type: ignore[index]
    assert client.post("/fr/analyses", data=data).status_code in (400, 403)
    assert db.session.query(Analysis).count() == 1


def test_strangers_to_the_body_see_nothing_of_it(
    client: PageClient, analysis: Analysis, staff: Staff, service: Service, sign_in: SignIn
) -> None:
    sign_in(staff(Role.EDITOR, body=None))
    for path in ("", "/themes/1"):
        assert client.get(f"/fr/analyses/{analysis.public_id}{path}").status_code == 403
    assert service.name.fr not in text_of(client, "/fr/analyses")


def test_unknown_addresses_are_not_found(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    sign_in(analyst)
    for path in (f"{analysis.public_id}/themes/99", "00000000-0000-0000-0000-000000000000"):
        assert client.get(f"/fr/analyses/{path}").status_code == 404


def test_a_theme_shows_every_comment_behind_it(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    sign_in(analyst)
    theme = analysis.themes[0]
    address = f"/en/analyses/{analysis.public_id}/themes/{theme.number}"
    assert len(client.page(address).find_all("blockquote")) == theme.comments
    english = client.page(f"{address}?lang=en").find_all("blockquote")
    assert english
    assert {quotation["lang"] for quotation in english} == {"en"}
    assert len(english) < theme.comments


def test_an_erased_comment_leaves_every_report(
    client: PageClient,
    analysis: Analysis,
    comments: list[FeedbackItem],
    analyst: Account,
    sign_in: SignIn,
) -> None:
    erased = SPOKEN[0][2]
    for item in comments:
        if item.comment.startswith(erased):
            item.comment = ""
    db.session.commit()
    sign_in(analyst)
    for path in ("", "/themes/1", "/themes/2", "/themes/3"):
        assert erased not in text_of(client, f"/fr/analyses/{analysis.public_id}{path}")


def test_a_failed_analysis_says_what_to_do(
    client: PageClient,
    comments: list[FeedbackItem],
    analyst: Account,
    service: Service,
    sign_in: SignIn,
) -> None:
    sign_in(analyst)
    report = start(client, service, "en")
    db.session.query(Job).update({"state": JobState.FAILED, "error": "ValueError"})
    db.session.commit()
    page = client.page(report)
    assert "Start it again" in page.get_text()
    assert page.select("main form button"), "it can be started again from there"
    assert "did not succeed" in text_of(client, "/en/analyses")
    assert start(client, service, "en") != report


def test_without_ratings_themes_are_ranked_by_reach_and_polarity(
    client: PageClient,
    comments: list[FeedbackItem],
    analyst: Account,
    service: Service,
    sign_in: SignIn,
) -> None:
    for item in comments:
        item.rating = None
    db.session.commit()
    sign_in(analyst)
    report = start(client, service, "en")
    queue.run(db.session.query(Job.id).scalar())
    shown = text_of(client, report)
    assert "ranked by reach and polarity" in shown
    assert "at stake, between" not in shown


def test_a_report_takes_the_same_few_queries_however_many_themes(
    client: PageClient, analysis: Analysis, analyst: Account, sign_in: SignIn
) -> None:
    sign_in(analyst)
    analysis_id, address = analysis.id, f"/fr/analyses/{analysis.public_id}"

    def queries() -> int:
        db.session.commit()
        db.session.expunge_all()
        seen: list[str] = []

        def count(*event_arguments: object) -> None:
            seen.append(str(event_arguments[2]))

        event.listen(Engine, "before_cursor_execute", count)
        client.get(address)
        event.remove(Engine, "before_cursor_execute", count)
        return len(seen)

    with_three = queries()
    for theme in db.session.get(Analysis, analysis_id).themes[1:]:  # type: ignore[union-attr]
        db.session.delete(theme)
    db.session.commit()
    assert queries() == with_three
