"""The queue at 1 000 and at 100 000 patients of one clinic: the page and the API. `python -m bench.queue_page`

The first page as a browser gets it from the application, signed in, without a network.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from app.clock import real_now
from app.database import make_engine
from app.demo import API_KEY, PASSWORD
from app.demo_codes import one_time_secret
from app.web import create_app
from bench.crowd import NOW, SETTINGS, Crowd, fill
from bench.databases import KINDS, fresh
from bench.results import Arm, Line, in_turn, seconds_of, show
from sandbox.one_time import code_at

FEW, MANY = 1_000, 100_000
ROUNDS = 20
NURSE = "nurse@example.com"
BOUND = 1.5


def crowd(patients: int) -> Crowd:
    """With a full page of everything at either size; what is open grows with the patients."""
    return Crowd(patients, visits=0.5, reports=2, doses=1, alerts=0.06, inbox=0.06)


def measure() -> Arm:
    return Arm(
        f"Queue at {FEW:,} and at {MANY:,} patients of one clinic", "python -m bench.queue_page",
        [line for kind in KINDS for line in measured(kind)],
        "Half of the patients with a visit in 60 days, 6 % with an open alert, 6 % in the inbox. The floor is "
        f"the same at {FEW:,} patients. The quickest of {ROUNDS} rounds in turn.",
    )  # fmt: skip


def measured(kind: str) -> Iterator[Line]:
    with ExitStack() as stack:
        few, many = (stack.enter_context(signed_in(kind, size)) for size in (FEW, MANY))
        for what, get in (("page", _page), ("API", _api)):
            _warm(get, few, many)
            took = in_turn(ROUNDS, min, few=lambda g=get: seconds_of(lambda: g(few)), many=lambda g=get: seconds_of(lambda: g(many)))
            ratio = took["many"] / took["few"]
            yield Line(
                f"{kind}: {what}, 50 visits", f"{took['many'] * 1000:.0f} ms", f"{took['few'] * 1000:.0f} ms",
                f"at most {BOUND:g} times: {ratio:.2f}", ratio <= BOUND,
            )  # fmt: skip


def _warm(get: Callable[[FlaskClient], None], *browsers: FlaskClient) -> None:
    for browser in browsers:
        get(browser)


def _page(browser: FlaskClient) -> None:
    page = browser.get("/").text
    if page.count('class="card visit') != 50:
        raise RuntimeError(page[:2000])


def _api(browser: FlaskClient) -> None:
    answer = browser.get("/api/v1/queue", headers={"Authorization": f"Bearer {API_KEY}"})
    if len(answer.json["items"]) != 50:
        raise RuntimeError(answer.text[:2000])


@contextmanager
def signed_in(kind: str, patients: int) -> Iterator[FlaskClient]:
    """A browser of the clinic's nurse, before so many patients."""
    with fresh(kind) as url:
        engine = make_engine(url)
        fill(engine, crowd(patients))
        analyze(engine)
        browser = signed_in_to(engine)
        yield browser
        engine.dispose()


def signed_in_to(engine: Engine) -> FlaskClient:
    browser = create_app(SETTINGS, engine, lambda: NOW).test_client()
    token = browser.get("/login").text.partition('name="csrf_token"')[2].partition('value="')[2]
    who = {"email": NURSE, "password": PASSWORD, "csrf_token": token.partition('"')[0]}
    browser.post("/login", data=who)
    code = code_at(one_time_secret(SETTINGS, NURSE), real_now().timestamp())
    if browser.post("/tf-validate", data={**who, "code": code}).status_code != 302:
        raise RuntimeError("the nurse cannot sign in")
    return browser


def analyze(engine: Engine) -> None:
    """As autovacuum does it after a while; SQLite keeps no statistics unless it is told to."""
    if engine.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))


if __name__ == "__main__":
    show(measure())
