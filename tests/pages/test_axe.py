"""WCAG 2.2 AA, best practice, keyboard and width of every page, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlmodel import select

from models import Alert, Sample, Staff, Visit
from tests.pages.by_browser import sign_in
from tests.pages.test_access_pages import MAY, places
from tests.pages.test_access_pages import address as path_of

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}
NO_PAGE = {  # drawings, files, and what a script asks for
    "timeline_drawing", "estimate_drawing", "media_file", "list_template", "cohort_csv",
    "cohort_pdf", "alert_news", "queue_live", "summary_pdf", "audit_csv", "label_pdf",
}  # fmt: skip
WIDTHS = (390, 768, 1280, 1920)
# WCAG 2.2, 1.4.11: 3:1 against what is beside it, of the edge of a field and of the mark of focus.
CONTRAST = """const parts = (colour) => (colour.match(/[\\d.]+/g) || [0, 0, 0, 0]).map(Number);
const light = (colour) => { const [r, g, b] = parts(colour).map((v) => v / 255)
    .map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
const clear = (colour) => parts(colour).length > 3 && parts(colour)[3] === 0;
const behind = (one) => { while (one && clear(getComputedStyle(one).backgroundColor)) one = one.parentElement;
    return one ? getComputedStyle(one).backgroundColor : 'rgb(255, 255, 255)'; };
const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((m, n) => n - m); return (x + .05) / (y + .05); };"""
# What stands behind each stop of the Tab key; a step whose outline is not seen is named.
FOCUSED = "() => {" + CONTRAST + """
  const one = document.activeElement, look = getComputedStyle(one);
  return {name: one.outerHTML.slice(0, 120), end: one === document.body,
          seen: look.outlineStyle !== 'none' && contrast(look.outlineColor, behind(one.parentElement || one)) >= 3};
}"""
FAINT = "() => {" + CONTRAST + """
  return [...document.querySelectorAll('input, select, textarea')]
    .filter((one) => one.type !== 'hidden' && !one.disabled && one.checkVisibility())
    .filter((one) => contrast(getComputedStyle(one).borderTopColor, behind(one.parentElement)) < 3
      && contrast(getComputedStyle(one).backgroundColor, behind(one.parentElement)) < 3)
    .map((one) => one.outerHTML.slice(0, 120));
}"""
TABBABLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter((one) => !one.matches(':disabled') && one.tabIndex >= 0 && one.type !== 'hidden' && one.checkVisibility())
  .filter((one) => one.type !== 'radio').length"""


@pytest.fixture
def stops(app, demo_begin, patient_ids) -> list[tuple[str, str]]:
    """Every page with a role that may see it, of the patient of whom most is known, and of none."""
    with demo_begin() as work:
        alert = work.session.exec(select(Alert.id)).first()
        known = patient_ids["P-0003"]
        visit = work.session.exec(select(Visit.id).where(Visit.patient_id == known)).first()
        sample = work.session.exec(select(Sample.id).where(Sample.patient_id == known)).first()
        person = work.session.exec(select(Staff.id)).first()
    given = {"name": alert, "staff_id": str(person), "visit_id": visit, "result_id": sample, "kind": "level"}
    seen = [(name, rule) for name, method, rule in places(app) if method == "GET"]
    found = {
        ("doctor" if "doctor" in MAY[name] else "admin", path_of(rule, patient_id=one, **given))
        for name, rule in seen
        if name not in NO_PAGE
        for one in (known, patient_ids["P-0004"])
        if one == known or not rule.arguments & {"visit_id", "result_id"}
    }
    return sorted(found)


def tour(page, site: str, stops, language: str = "en"):
    """Goes to each page in turn; signs in anew where another role is needed."""
    signed_in = None
    for role, path in stops:
        if role != signed_in:
            page.context.clear_cookies()
            sign_in(page, site, f"{role}@example.com")
            signed_in = role
        answer = page.goto(f"{site}{path}?lang={language}")
        assert answer.status == 200, (path, role)
        assert answer.headers["content-type"].startswith("text/html"), path
        yield path


def faults(page) -> list[str]:
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:120]}"
        for one in found
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 1280), ("en", 390)])
def test_axe_finds_nothing_on_any_page(address, browser_page, stops, language, width):
    browser_page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = []
    for path in ("/login", "/reset"):
        browser_page.goto(f"{address}{path}?lang={language}")
        found += [f"{path} {one}" for one in faults(browser_page)]
    for path in tour(browser_page, address, stops, language):
        found += [f"{path} {one}" for one in faults(browser_page)]
    assert not found, "\n".join(found)


def test_no_page_is_wider_than_a_phone_or_a_desk(address, browser_page, stops):
    wide: list[str] = []
    for path in tour(browser_page, address, stops):
        out = {width: _outside(browser_page, width) for width in WIDTHS}
        wide += [f"{path} at {width}: {what}" for width, what in out.items() if what]
    assert not wide, "\n".join(wide)


OUTSIDE = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= window.innerWidth) return null;
  const held = (one) => one !== page && (getComputedStyle(one).overflowX !== 'visible' || held(one.parentElement));
  const out = [...document.body.querySelectorAll('*')].filter((one) =>
    one.getBoundingClientRect().right > window.innerWidth + 1 && !held(one.parentElement));
  return out.length ? out.at(-1).outerHTML.slice(0, 160) : 'something';
}"""


def _outside(page, width: int) -> str | None:
    """What stands out of the screen, if the page can be moved sideways."""
    page.set_viewport_size({"width": width, "height": 900})
    return page.evaluate(OUTSIDE)


def test_every_stop_of_the_tab_key_is_seen(address, browser_page, stops):
    """And there are as many stops as there is to press: nothing is out of reach."""
    unseen: list[str] = []
    for path in tour(browser_page, address, stops):
        stops = _stops(browser_page)
        unseen += [f"{path} {one['name']}" for one in stops if not one["seen"]]
        assert len(stops) >= browser_page.evaluate(TABBABLE), path
    assert not unseen, "\n".join(unseen)


def _stops(page) -> list[dict]:
    stops = []
    while len(stops) < 400:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop["end"]:
            return stops
        stops.append(stop)
    raise AssertionError("the Tab key never comes to an end")


SHIFTED = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
    .observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => setTimeout(() => done(sum), 50));
})"""


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_on_a_page_moves_once_it_is_shown(address, browser_page, stops, width):
    """Web Vitals call 0.1 good; drawings and letters that come later keep their places."""
    browser_page.set_viewport_size({"width": width, "height": 900})
    moved: list[str] = []
    for path in tour(browser_page, address, stops):
        browser_page.wait_for_load_state("networkidle")
        if (sum_of_shifts := browser_page.evaluate(SHIFTED)) > 0.01:
            moved.append(f"{path} {sum_of_shifts}")
    assert not moved, "\n".join(moved)


def test_the_edge_of_every_field_is_seen(address, browser_page, stops):
    """Those of forms that are folded up, too."""
    faint: list[str] = []
    for path in tour(browser_page, address, stops):
        browser_page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        faint += [f"{path} {one}" for one in browser_page.evaluate(FAINT)]
    assert not faint, "\n".join(faint)
