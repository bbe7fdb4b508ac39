"""The staff of a clinic, for its admins: who they are, what they may, and how they get in."""

from flask import current_app, flash, redirect, render_template, request
from flask import url_for as at
from flask_login import current_user
from flask_security import auth_required
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app.pages.me import sent_test
from app.pages.real_time import real_time
from app.pages.security import actor, only
from app.pages.views import begin, choice, mine, pages, set_zone
from app.pages.words import t
from app.services import staff_accounts as staff
from app.services.audit import audit
from app.services.errors import Conflict, DomainError, Invalid
from app.services.own_tests import last_tests, ways_to
from app.services.password_links import Link, make_link
from app.services.second_factors import reset_second_factor
from app.services.sign_ins import unlock
from app.services.staff_accounts import NoSuchPerson, OwnAccount, Person
from app.work import Work
from models import Channel, Language, Staff

Answer = AnyResponse | str | tuple[str, int]


@pages.get("/staff")
@auth_required("session")
@only("admin")
def staff_page() -> str:
    return _list()


@pages.post("/staff")
@auth_required("session")
@only("admin")
def add_person() -> Answer:
    """Added, with the link that sets their password, which is shown this once."""
    typed, email = _typed(), request.form.get("email", "")
    try:
        with begin() as work:
            added = staff.add_person(work, mine(), email, typed, actor())
            link = _linked(work, added)
    except (Invalid, Conflict) as fault:
        return _list(typed, email, fault), 422
    return _person(str(added.id), link=link)


@pages.get("/staff/<staff_id>")
@auth_required("session")
@only("admin")
def person_page(staff_id: str) -> str:
    return _person(staff_id)


@pages.post("/staff/<staff_id>")
@auth_required("session")
@only("admin")
def change_person(staff_id: str) -> Answer:
    typed = _typed()
    try:
        with begin() as work:
            staff.change_person(work, _found(work, staff_id), typed, actor())
    except (Invalid, Conflict) as fault:
        return _person(staff_id, typed, fault), 422
    return _done(staff_id, "changed")


@pages.post("/staff/<staff_id>/link")
@auth_required("session")
@only("admin")
def link_person(staff_id: str) -> str:
    """The link is shown this once."""
    with begin() as work:
        link = _linked(work, _other(work, staff_id))
    return _person(staff_id, link=link)


@pages.post("/staff/<staff_id>/unlock")
@auth_required("session")
@only("admin")
def unlock_person(staff_id: str) -> AnyResponse:
    with begin() as work:
        unlock(work, _other(work, staff_id), actor())
    return _done(staff_id, "unlocked")


@pages.post("/staff/<staff_id>/second-factor")
@auth_required("session")
@only("admin")
def reset_person(staff_id: str) -> AnyResponse:
    with begin() as work:
        reset_second_factor(work, _other(work, staff_id), actor())
    return _done(staff_id, "reset")


@pages.post("/staff/<staff_id>/deactivate")
@auth_required("session")
@only("admin")
def deactivate_person(staff_id: str) -> AnyResponse:
    with begin() as work:
        staff.deactivate(work, _found(work, staff_id), actor())
    return _done(staff_id, "deactivated")


@pages.post("/staff/<staff_id>/reactivate")
@auth_required("session")
@only("admin")
def reactivate_person(staff_id: str) -> AnyResponse:
    with begin() as work:
        staff.reactivate(work, _found(work, staff_id), actor())
    return _done(staff_id, "reactivated")


@pages.post("/staff/<staff_id>/tests")
@auth_required("session")
@only("admin")
def test_person(staff_id: str) -> AnyResponse:
    with begin() as work:
        person, channel = _found(work, staff_id), choice(Channel, "channel")
        said = sent_test(work, person, channel)
        audit(work, mine(), actor(), "staff.test", about=f"staff:{person.id}")
    flash(t(f"page.me.test.{said}"), "success" if said == "on_its_way" else "danger")
    return redirect(at("pages.person_page", staff_id=staff_id) + "#tests")


def _done(staff_id: str, what: str) -> AnyResponse:
    flash(t(f"page.staff.{what}"), "success")
    return redirect(at("pages.person_page", staff_id=staff_id))


def _list(
    typed: Person | None = None, email: str = "", fault: DomainError | None = None
) -> str:
    with begin() as work:
        set_zone(work)
        people = staff.accounts(work, mine(), real_time())
        audit(work, mine(), actor(), "staff.read")
    return render_template(
        "pages/staff/list.html", people=people, typed=typed, email=email, fault=_named(fault),
        languages=list(Language), roles=staff.ROLES,
    )  # fmt: skip


def _person(
    staff_id: str, typed: Person | None = None, fault: DomainError | None = None,
    link: Link | None = None,
) -> str:  # fmt: skip
    with begin() as work:
        set_zone(work)
        person = _found(work, staff_id)
        one = staff.account(work, mine(), person.id or 0, real_time())
        tests = last_tests(work, person)
        audit(work, mine(), actor(), "staff.read", about=f"staff:{person.id}")
    typed = typed or Person(person.name, person.phone, person.language, one.roles)
    return render_template(
        "pages/staff/person.html", one=one, typed=typed, fault=_named(fault), tests=tests,
        ways=ways_to(person), link=link, qr=Markup(link.qr_svg) if link else None,
        languages=list(Language), roles=staff.ROLES, is_me=person.id == current_user.id,
    )  # fmt: skip


def _named(fault: DomainError | None) -> dict[str, str]:
    """The text of a fault by the field that it is about."""
    return {fault.field or "": t(f"page.error.{type(fault).__name__}")} if fault else {}


def _typed() -> Person:
    sent = request.form
    names = ("name", "phone", "language")
    name, phone, language = (sent.get(one, "") for one in names)
    return Person(name, phone, language, tuple(sent.getlist("roles")))


def _found(work: Work, staff_id: str) -> Staff:
    if not staff_id.isdecimal() or len(staff_id) > 9:
        raise NoSuchPerson
    return staff.find_person(work, mine(), int(staff_id))


def _other(work: Work, staff_id: str) -> Staff:
    """Nobody makes their own way in easier: another admin does."""
    person = _found(work, staff_id)
    if person.id == current_user.id:
        raise OwnAccount
    return person


def _linked(work: Work, person: Staff) -> Link:
    public_url = current_app.extensions["pages.settings"].public_url
    return make_link(work, person, public_url, real_time(), actor())
