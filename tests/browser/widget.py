"""The widget as a person meets it on another site."""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qs

from playwright.sync_api import BrowserContext, Locator, Page, Request, Response, Route, expect

from consult.feedback.question_sets import QuestionSet

THANKS = {"fr": "Merci", "en": "Thank you"}
KEPT = {"fr": "est gardé", "en": "is kept"}


def posts(page: Page) -> list[Request]:
    """The feedback this page sends, as it goes."""
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    return sent


def received(context: BrowserContext) -> list[Response]:
    """What the server answers to the feedback of every page of a browser."""
    answers: list[Response] = []

    def note(response: Response) -> None:
        if response.request.method == "POST":
            answers.append(response)

    context.on("response", note)
    return answers


def fields(request: Request) -> Mapping[str, list[str]]:
    return parse_qs(request.post_data or "")


def key_of(request: Request) -> str:
    return fields(request)["idempotency_key"][0]


def rate(page: Page | Locator, choice: int = 3) -> None:
    """Answers the first question."""
    page.get_by_role("radio").nth(choice).check(force=True)


def send(page: Page | Locator) -> None:
    page.get_by_role("button", name="Send").or_(page.get_by_role("button", name="Envoyer")).click()


def answer(page: Page, asked: QuestionSet, answers: Mapping[str, object]) -> None:
    """Answers questions in their order, each once it can be seen."""
    for question in asked.section.questions:
        told = answers.get(question.name)
        box = page.locator(f"[name={question.name}]")
        expect(box.first).to_be_enabled() if told else None
        for code in told if isinstance(told, list) else [told] if told else []:
            if question.is_open:
                box.fill(str(code))
            else:
                page.locator(f"[name={question.name}][value='{code}']").check(force=True)


def refuse_all(status: int, **headers: str) -> Callable[[Route], None]:
    """A server that answers so to every answer that is sent; the page may read it."""

    def refuse(route: Route) -> None:
        allowed = {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Expose-Headers": "Retry-After",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        route.fulfill(status=status, headers=allowed, json={"detail": "Later."})

    return refuse


def come_back(page: Page) -> None:
    """Says that the network is back, as a browser does."""
    page.evaluate("dispatchEvent(new Event('online'))")


def take_time(page: Page) -> None:
    """Lets half a minute pass, as for who writes; a machine's haste would be held for review.

    The page's clock was installed before it was opened.
    """
    page.clock.fast_forward(30_000)
