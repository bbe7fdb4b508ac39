"""The audit for an admin: every action has words; found by who, of whom, what and when; never changed."""

import ast
import csv
import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select

from app.services.audit import audit
from app.services.audit_trail import actions
from app.services.keys import make_key
from models import ApiKey, Audit, Clinic, Staff

ADMIN = "admin@example.com"
NOTES = {"audit", "_note", "_confirm", "_end", "read_patient", "patient", "audit_list"}  # what hands an action on
ACTION = re.compile(r"[a-z_]+(\.[a-z_0-9]+)+")
BARE = {"link", "consent", "sign_in", "sign_out"}


def calls(tree: ast.AST, names: set[str]):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in names:
                yield node


def texts(node: ast.AST) -> set[str]:
    """The words in a piece of source that stand for themselves, not as a part of another."""
    parts = {id(one) for made in ast.walk(node) if isinstance(made, ast.JoinedStr) for one in ast.walk(made)}
    return {one.value for one in ast.walk(node)
            if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in parts}  # fmt: skip


def made_of_parts(tree: ast.AST, call: ast.Call) -> set[str]:
    """Actions that are put together: f"{noun}.read" of each noun, f"clinic.{...}" of each choice."""
    found = {ast.unparse(one) for arg in call.args for one in ast.walk(arg) if isinstance(one, ast.JoinedStr)}
    nouns = {word for one in calls(tree, {"_noun"}) for word in texts(one)}
    choices = {word.removesuffix("_version") for one in calls(tree, {"_choose"}) for word in texts(one)}
    forms = {word for one in calls(tree, {"_keep"}) for word in texts(one)}
    made: set[str] = set()
    for told in found:
        if verb := re.fullmatch(r"f'\{noun\}(\.\w+)'", told):
            made |= {noun + verb[1] for noun in nouns}
        elif told == "f'{form}s.record'":
            made |= {f"{form}s.record" for form in forms}
        elif told.startswith('f"clinic.'):
            made |= {f"clinic.{one}" for one in choices}
        elif not re.match(r"f'(staff:|\{key\}:)", told):
            raise AssertionError(f"an action that this test cannot read: {told}")
    return made


def written() -> set[str]:
    """Every action that the source writes into the audit."""
    found: set[str] = set()
    for path in (*Path("app").rglob("*.py"), *Path("bot").rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for call in calls(tree, NOTES):
            found |= {one for arg in (*call.args, *call.keywords) for one in texts(arg)} | made_of_parts(tree, call)
        for node in ast.walk(tree):
            named = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in {"action", "_AUDITED"}
            if named:
                found |= texts(node.value)
            if isinstance(node, ast.FunctionDef) and "action" in {one.arg for one in node.args.args}:
                found |= {word for one in node.args.defaults for word in texts(one)}
    return {one for one in found if ACTION.fullmatch(one) or one in BARE}


def test_every_action_that_is_written_has_words_and_no_words_are_of_none():
    assert len(written()) > 70
    assert sorted(written() - set(actions())) == []
    assert sorted(set(actions()) - written()) == []


@pytest.fixture
def admin(signed_in):
    return signed_in(ADMIN)


@pytest.fixture
def rows(demo_begin, clock, patient_ids):
    """Some rows of three days: (day, actor, action, code)."""
    told = [
        (1, "staff:1", "summary.read", "P-0001"), (1, "patient", "consent", "P-0002"),
        (2, "staff:1", "decision.record", "P-0002"), (2, "carer", "link", "P-0001"), (3, "system", "clinic.prior", None),
    ]  # fmt: skip
    with demo_begin() as work:
        for day, actor, action, code in told:
            at = datetime(2026, 11, 10 + day, 15, 30, tzinfo=UTC)  # 23:30 in Shanghai
            one = Audit(clinic_id="demo", id=f"{int(at.timestamp() * 1000):012x}0000{len(action):06x}", at=at,
                        actor=actor, action=action, patient_id=patient_ids.get(code))  # fmt: skip
            work.session.add(one)


def shown(page) -> list[tuple[str, str, str]]:
    """Who, what and of whom, of the rows on a page."""
    table = page.text.partition("<main>")[2].partition("</main>")[0].partition("<tbody>")[2].partition("</tbody>")[0]
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in table.split("</tr>")[:-1]]
    return [tuple(re.sub("<[^>]+>", "", cell).strip() for cell in row[1:4]) for row in cells]


def test_it_is_found_by_who_of_whom_what_and_day(admin, rows):
    def found(**asked):
        page = admin.get("/audit", query_string={"lang": "en", "until": "2026-11-20", **asked})
        assert page.status_code == 200
        return [what for _, what, _ in shown(page)]

    summary, consent, decision = "read the page of a patient", "gave consent", "recorded a decision"
    assert found() == ["set the population model", decision, "linked a phone", summary, consent]
    assert found(actor="staff:1") == [decision, summary]
    assert found(code="p-0002") == [decision, consent]
    assert found(action="link") == ["linked a phone"]
    assert found(since="2026-11-12", until="2026-11-12") == [decision, "linked a phone"]
    assert found(since="2026-11-13") == ["set the population model"]
    assert found(actor="staff:1", code="P-0002", action="decision.record", since="2026-11-12") == [decision]
    assert found(actor="staff:999") == []


def test_a_day_is_the_clinics_from_midnight_to_midnight(admin, demo_begin):
    last, first = datetime(2026, 10, 4, 15, 59, 59, tzinfo=UTC), datetime(2026, 10, 4, 16, tzinfo=UTC)
    with demo_begin() as work:
        work.session.add_all(
            Audit(clinic_id="demo", id=f"{int(at.timestamp() * 1000):012x}{'0' * 10}", at=at, actor="system", action="rota.change")
            for at in (last, first)
        )  # fmt: skip
    for day, at in (("04", last), ("05", first)):
        page = admin.get(f"/audit?since=2026-10-{day}&until=2026-10-{day}").text
        assert re.findall(r'<time datetime="([^"]+)"', page) == [at.isoformat()]


def test_names_are_shown_of_people_and_keys_and_what_was_set_is_told(admin, demo_begin):
    with demo_begin() as work:
        make_key(work, "demo", "检验科系统")
        key = work.session.exec(select(ApiKey).where(ApiKey.name == "检验科系统")).one()
        nurse = work.session.exec(select(Staff).where(Staff.email == "nurse@example.com")).one()
        audit(work, "demo", f"key:{key.id}", "fhir.read")
        audit(work, "demo", f"staff:{nurse.id}", "clinic.change", about="ke_per_h: 0.041 -> 0.05; name")
    page = admin.get("/audit?lang=en")
    names = [who for who, _, _ in shown(page)]
    assert names[0].startswith("李静") and names[1].startswith("检验科系统")
    assert "Elimination rate ke: 0.041 → 0.05" in page.text and "Name of the clinic" in page.text
    assert "page." not in page.text.replace("/clinic-static", "")


@pytest.mark.parametrize(("language", "told"), [
    ("en", ["李静", "as a page", "李静: nurse, doctor", "Who: 李静", "What: made a key for a program", "From day: 2026-11-01",
            "another phone was linked", "the record was removed"]),
    ("zh-CN", ["李静", "网页", "李静: 护士、医生", "操作人: 李静", "起始日期: 2026-11-01", "绑定了另一部手机", "病历已删除"]),
])  # fmt: skip
def test_details_name_people_and_are_in_words(admin, demo_begin, language, told):
    with demo_begin() as work:
        nurse = f"staff:{work.session.exec(select(Staff.id).where(Staff.email == 'nurse@example.com')).one()}"
        for action, about in [
            ("sign_in.failed", nurse), ("cohort.read", "page"), ("staff.roles", f"{nurse} nurse,doctor"),
            ("audit.read", f"actor: {nurse}; action: key.make; since: 2026-11-01"),
            ("link.end", "another phone was linked"), ("patient.erase", "remove_record"),
        ]:  # fmt: skip
            audit(work, "demo", "system", action, about=about)
    page = admin.get(f"/audit?lang={language}").text.partition("<tbody>")[2]
    details = [one.strip() for cell in re.findall(r'<td class="quiet">(.*?)</td>', page, re.S) for one in cell.split("<br>")]
    assert [one for one in told if one not in details] == []
    assert nurse not in page and "remove_record" not in page


def test_it_is_read_a_page_at_a_time_and_nothing_is_left_out_or_doubled(admin, demo_begin, clock):
    with demo_begin() as work:
        for number in range(250):
            audit(work, "demo", "system", "rota.change", about=f"n{number}")
    seen, where = [], "/audit?action=rota.change"
    while where:
        page = admin.get(where).text
        seen += re.findall(r"n\d+(?=\s*</td>)", page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        where = following[1].replace("&amp;", "&") if following else None
    assert seen == [f"n{number}" for number in reversed(range(250))]


@pytest.mark.parametrize(("query", "field", "said"), [
    ("code=P-9999", "code", "P-9999"), ("since=yesterday", "since", "2026-11-24"),
    ("since=2026-11-02&until=2026-11-01", "until", "before the first"),
])  # fmt: skip
def test_what_cannot_be_is_said_beside_its_field(admin, query, field, said):
    page = admin.get(f"/audit?lang=en&{query}")
    assert page.status_code == 422 and "<tbody>" not in page.text.partition("<main>")[2].partition("</main>")[0]
    assert said in re.search(rf'id="{field}-error">([^<]+)', page.text)[1]
    assert admin.get(f"/audit/trail.csv?{query}").status_code == 404


def test_a_day_at_the_end_of_all_calendars_is_no_fault(admin, rows):
    assert len(shown(admin.get("/audit?since=0001-01-01&until=9999-12-31"))) >= 5


def test_the_file_holds_all_that_is_asked_for_and_nothing_that_a_spreadsheet_reckons(admin, rows, demo_begin):
    with demo_begin() as work:
        work.session.exec(select(Staff).where(Staff.id == 1)).one().name = "=1+1"
    answer = admin.get("/audit/trail.csv?lang=en&until=2026-11-20")
    assert answer.headers["Content-Disposition"] == "attachment; filename=audit.csv"
    told = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert len(told) == 5 and told[0]["at"] == "2026-11-13T23:30:00+08:00"
    mine = [one for one in told if one["actor"] == "staff:1"]
    assert {one["who"] for one in mine} == {"'=1+1"} and {one["patient"] for one in mine} == {"P-0001", "P-0002"}


def test_looking_and_saving_are_kept_with_what_was_looked_for(admin, rows, demo_begin, patient_ids):
    admin.get("/audit?code=P-0001&action=link&since=2026-11-12")
    admin.get("/audit/trail.csv?actor=patient").get_data()
    with demo_begin() as work:
        found = work.session.exec(select(Audit).where(Audit.action.in_(["audit.read", "audit.export"])).order_by(Audit.id)).all()
    assert [(one.action, one.patient_id, one.about) for one in found] == [
        ("audit.read", patient_ids["P-0001"], "action: link; since: 2026-11-12"),
        ("audit.export", None, "actor: patient"),
    ]  # fmt: skip


def test_another_clinics_rows_are_never_there(admin, demo_begin):
    with demo_begin() as work:
        work.session.add(Clinic(id="other", name="Other"))
        work.session.flush()
        audit(work, "other", "staff:1", "rota.change", about="theirs")
    assert "theirs" not in admin.get("/audit?action=rota.change").text
    assert b"theirs" not in admin.get("/audit/trail.csv").data


def test_no_choice_reads_the_audit_from_end_to_end(demo_begin, clock):
    """By the plan of the database."""
    with demo_begin() as work:
        begun = clock.now - timedelta(days=400)
        work.session.connection().execute(Audit.__table__.insert(), [
            {"clinic_id": "demo", "id": f"{int((begun + timedelta(minutes=n)).timestamp() * 1000):012x}{n:010x}",
             "at": begun, "actor": f"staff:{n % 50}", "action": f"a.{n % 60}", "patient_id": f"p{n % 300}"}
            for n in range(5_000)
        ])  # fmt: skip
    with demo_begin() as work:
        on_postgres = work.session.get_bind().dialect.name == "postgresql"
        work.session.connection().execute(text("ANALYZE audit" if on_postgres else "ANALYZE"))
        for column in ("actor", "action", "patient_id"):
            query = f"SELECT * FROM audit WHERE clinic_id = 'demo' AND {column} = 'none' ORDER BY id DESC LIMIT 101"
            plan = work.session.connection().execute(text(f"EXPLAIN {'' if on_postgres else 'QUERY PLAN '}{query}"))
            assert f"audit_of_{column.removesuffix('_id')}" in str(plan.all()), column
