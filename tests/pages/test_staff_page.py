"""An admin looks after the staff: who they are, what they may, and how they get in."""

import re
from datetime import timedelta

import pytest
from sqlmodel import col, delete, select

from app import demo
from app.services.staff_accounts import ROLES, LastAdmin, Person, change_person, deactivate
from models import Audit, Message, Rota, Staff

ADMIN, NURSE, DOCTOR = "admin@example.com", "nurse@example.com", "doctor@example.com"
PERSON = {"name": "王芳", "phone": "+86 138 0000 0007", "language": "zh-CN", "roles": ["nurse"]}
NEW = "lantern-over-quiet-water"


@pytest.fixture
def admin(signed_in):
    return signed_in(ADMIN)


@pytest.fixture
def post(admin, csrf_of):
    token = csrf_of(admin.get("/staff").text)
    return lambda path, **form: admin.post(path, data={**form, "csrf_token": token}, follow_redirects=True)


def person(begin, email):
    with begin() as work:
        found = work.session.exec(select(Staff).where(Staff.email == email)).one()
        return found, {role.name for role in found.roles}


def audited(begin):
    with begin() as work:
        query = select(Audit.action, Audit.about).where(col(Audit.action).startswith("s"))
        return [tuple(row) for row in work.session.exec(query.order_by(col(Audit.id)))]


def off_rota(begin):
    with begin() as work:
        work.session.exec(delete(Rota))


def test_the_list_says_how_each_can_be_reached_and_gets_in(admin, demo_begin, real_clock):
    with demo_begin() as work:
        nurse = work.session.exec(select(Staff).where(Staff.email == NURSE)).one()
        nurse.locked_until, nurse.chat_id = real_clock.now + timedelta(minutes=5), 7
    page = admin.get("/staff?lang=en").text
    rows = dict(zip([DOCTOR, NURSE], [page.partition(one)[2].partition("</li>")[0] for one in (DOCTOR, NURSE)], strict=True))
    assert "Locked" in rows[NURSE] and "Telegram" in rows[NURSE] and "On the rota" in rows[NURSE]
    assert "Locked" not in rows[DOCTOR] and "Never signed in" in rows[DOCTOR]
    assert "Authenticator set up" in rows[DOCTOR] and "+8613800000003" in rows[DOCTOR]


def test_a_new_number_gets_texts_again_and_the_same_one_stays_stopped(post, demo_begin):
    nurse, _ = person(demo_begin, NURSE)
    with demo_begin() as work:
        work.session.get_one(Staff, nurse.id).texts_stopped_at = work.now
    same = {"name": nurse.name, "language": nurse.language, "roles": ["nurse"]}
    post(f"/staff/{nurse.id}", phone="+86 138 0000 0001", **same)
    assert person(demo_begin, NURSE)[0].texts_stopped_at is not None
    post(f"/staff/{nurse.id}", phone="+86 138 0000 0009", **same)
    assert person(demo_begin, NURSE)[0].texts_stopped_at is None


def test_a_newcomer_gets_a_link_shown_once_and_sets_a_password(app, admin, post, demo_begin, csrf_of):
    page = post("/staff", email="wang@example.com", **PERSON).text
    [path] = re.findall(r"http://127\.0\.0\.1:8000(/s/[A-Z0-9]{12})<", page)
    added, roles = person(demo_begin, "wang@example.com")
    assert (added.name, added.phone, roles) == ("王芳", "+8613800000007", {"nurse"})
    assert "/s/" not in admin.get(f"/staff/{added.id}").text
    browser = app.test_client()
    form = browser.get(path).location
    token = csrf_of(browser.get(form).text)
    browser.post(form, data={"password": NEW, "password_confirm": NEW, "csrf_token": token})
    answer = browser.post("/login", data={"email": added.email, "password": NEW, "csrf_token": token})
    assert answer.location == "/tf-setup"
    assert ("staff.add", f"staff:{added.id}") in audited(demo_begin)


@pytest.mark.parametrize(("wrong", "says"), [
    ({"email": "nobody"}, "邮箱格式不正确"), ({"email": "NURSE@example.com"}, "这个邮箱已有账号"),
    ({"name": " "}, "请填写姓名"), ({"phone": "13800000007"}, "手机号不正确"),
    ({"roles": []}, "请至少选择一个角色"), ({"roles": ["king"]}, "请至少选择一个角色"),
    ({"language": "fr"}, "请选择中文或英文"),
])
def test_what_is_wrong_is_named_and_what_was_typed_is_kept(post, demo_begin, wrong, says):
    answer = post("/staff", **{"email": "wang@example.com", **PERSON, **wrong})
    assert (answer.status_code, says in answer.text) == (422, True)
    kept = answer.text.partition('id="add"')[2]
    assert (wrong.get("phone", PERSON["phone"])) in kept and (wrong.get("email", "wang@example.com")) in kept
    with demo_begin() as work:
        assert len(work.session.exec(select(Staff)).all()) == len(demo.STAFF)


def test_roles_and_phone_are_changed(post, demo_begin):
    nurse, _ = person(demo_begin, NURSE)
    post(f"/staff/{nurse.id}", **{**PERSON, "roles": ["nurse", "doctor"], "language": "en", "phone": ""})
    changed, roles = person(demo_begin, NURSE)
    assert (changed.name, changed.phone, changed.language, roles) == ("王芳", None, "en", {"nurse", "doctor"})
    assert [one for one in audited(demo_begin) if one[0] == "staff.roles"] == [
        ("staff.roles", f"staff:{nurse.id} doctor,nurse")
    ]


def test_who_is_on_the_rota_is_taken_off_it_first(admin, post, demo_begin):
    nurse, _ = person(demo_begin, NURSE)
    assert "先在“排班”页面" in post(f"/staff/{nurse.id}/deactivate").text
    assert person(demo_begin, NURSE)[0].active
    off_rota(demo_begin)
    assert "账号已停用" in post(f"/staff/{nurse.id}/deactivate").text
    assert not person(demo_begin, NURSE)[0].active


def test_a_deactivated_person_is_out_at_once_and_comes_back(app, signed_in, post, demo_begin):
    nurse, _ = person(demo_begin, NURSE)
    theirs = signed_in(NURSE)
    off_rota(demo_begin)
    post(f"/staff/{nurse.id}/deactivate")
    assert theirs.get("/").status_code == 302
    post(f"/staff/{nurse.id}/reactivate")
    assert theirs.get("/").status_code == 302  # the old session stays over
    assert signed_in(NURSE).get("/").status_code == 200
    assert {"staff.deactivate", "staff.reactivate"} <= {one[0] for one in audited(demo_begin)}


@pytest.mark.parametrize("what", ["link", "unlock", "second-factor", "deactivate"])
def test_an_admin_does_none_of_this_to_their_own_account(post, demo_begin, what):
    me, _ = person(demo_begin, ADMIN)
    off_rota(demo_begin)
    assert "不能对自己的账号这样做" in post(f"/staff/{me.id}/{what}").text
    after, _ = person(demo_begin, ADMIN)
    assert (after.active, after.link_sha256, after.tf_totp_secret) == (True, None, me.tf_totp_secret)


def test_an_admin_stays_an_admin(post, demo_begin):
    me, _ = person(demo_begin, ADMIN)
    answer = post(f"/staff/{me.id}", **PERSON)
    assert (answer.status_code, "另一位管理员" in answer.text) == (422, True)
    assert person(demo_begin, ADMIN)[1] == {"admin"}
    assert post(f"/staff/{me.id}", **{**PERSON, "roles": list(ROLES)}).status_code == 200


def test_two_admins_cannot_do_away_with_each_other(demo_begin):
    with demo_begin() as work:
        first = work.session.exec(select(Staff).where(Staff.email == ADMIN)).one()
        second = work.session.exec(select(Staff).where(Staff.email == DOCTOR)).one()
        second.roles = [*second.roles, *first.roles]
    with demo_begin() as work:
        deactivate(work, work.session.get_one(Staff, first.id), f"staff:{second.id}")
    with demo_begin() as work:
        last = work.session.get_one(Staff, second.id)
        nobody = Person("Chen", None, "en", ("doctor",))
        with pytest.raises(LastAdmin):
            deactivate(work, last, f"staff:{first.id}")
        with pytest.raises(LastAdmin):
            change_person(work, last, nobody, f"staff:{first.id}")


def test_an_admin_unlocks_and_resets_the_second_factor(post, demo_begin, real_clock):
    nurse, _ = person(demo_begin, NURSE)
    with demo_begin() as work:
        locked = work.session.get_one(Staff, nurse.id)
        locked.failed_sign_ins, locked.locked_until = 5, real_clock.now + timedelta(hours=1)
    assert "已解锁" in post(f"/staff/{nurse.id}/unlock").text
    assert "身份验证器已重设" in post(f"/staff/{nurse.id}/second-factor").text
    after, _ = person(demo_begin, NURSE)
    assert (after.locked_until, after.tf_totp_secret, after.mf_recovery_codes) == (None, None, [])
    about = f"staff:{nurse.id}"
    assert {("sign_in.unlock", about), ("second_factor.reset", about)} <= set(audited(demo_begin))


def test_a_test_goes_to_that_person(post, demo_begin):
    nurse, _ = person(demo_begin, NURSE)
    assert "测试已发出" in post(f"/staff/{nurse.id}/tests", channel="sms").text
    with demo_begin() as work:
        [row] = work.session.exec(select(Message).where(Message.about == f"test:{nurse.id}")).all()
    assert (row.staff_id, row.key) == (nurse.id, "sms.test")


@pytest.mark.parametrize("name", ["none", "0", "99999", "9" * 30, "²"])
def test_nobody_is_not_found(admin, name):
    assert admin.get(f"/staff/{name}").status_code == 404
