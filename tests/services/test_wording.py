"""A clinic's licensed words of the SF-36: what is taken, and what is refused by its name."""

import json

import pytest
from sqlmodel import select

from app.services.wording import (
    WordingRefused,
    drop_wording,
    load_wording,
    read_wording,
    template,
    wording_of,
)
from models import Audit, Language


def filled(language="en", **parts):
    """The template as a clinic returns it."""
    told = json.loads(template(language)) | {"source": "Holder, licence 7"}
    return {**told, **parts}


def refused(told) -> str:
    with pytest.raises(WordingRefused) as why:
        read_wording(told if isinstance(told, str) else json.dumps(told))
    return str(why.value)


@pytest.mark.parametrize("language", list(Language))
def test_the_template_with_its_source_filled_in_is_taken(language):
    licensed = read_wording(json.dumps(filled(language)))
    assert (licensed.language, licensed.source, len(licensed.words)) == (language, "Holder, licence 7", 36 + 42 + 1)


def test_the_template_alone_is_refused_for_its_source():
    assert "source: name the licence" in refused(template("zh-CN"))


def without(name):
    items = filled()["items"]
    del items[name]
    return items


@pytest.mark.parametrize(("told", "named"), [
    ("{", "no JSON at line 1"), ("[]", "must be an object"), ("{}", "part items is missing"),
    ('{"items": {"3a": "x", "3a": "y"}}', "3a stands twice"),
    (filled() | {"language": "fr"}, "language: one of zh-CN, en"),
    (filled(version=2), "part version is not in the questionnaire"),
    (filled(intro=" "), "intro: its words are missing"),
    (filled(items=without("3b")), "item 3b is missing"),
    (filled(items={**filled()["items"], "3k": "Climbing?"}), "item 3k is not in the questionnaire"),
    (filled(items={**filled()["items"], "9i": ""}), "item 9i: its words are missing"),
    (filled(items={**filled()["items"], "11d": "x" * 601}), "item 11d: 601 letters are too long"),
    (filled(items=["a"]), "items: an object"), (filled(options=[]), "options: an object"),
    (filled(options={**filled()["options"], "pain": ["none"] * 5}), "options pain: a list of 6 is needed and 5 came"),
    (filled(options={**filled()["options"], "pain": "none"}), "options pain: a list of 6 is needed and none came"),
    (filled(options={**filled()["options"], "yes_no": ["Yes", "Yes"]}), "options yes_no: two are the same"),
    (filled(options={**filled()["options"], "yes_no": ["Yes", 2]}), "option 2 of yes_no: its words are missing"),
    (filled(options={**filled()["options"], "yes_no": ["Yes", "Yes "]}), "options yes_no: two are the same"),
    (filled(source="own-unvalidated"), "source: name the licence"), (filled(source="x" * 201), "source: 201 letters"),
    (filled(source="a\0"), "source: it holds a control character"), (filled(intro="a\ud800"), "intro: it holds a control"),
    (filled(items={**filled()["items"], "3a": "a\0b"}), "item 3a: it holds a control character"),
    (filled(options={**filled()["options"], "colours": []}), "set of options colours is not in"),
])  # fmt: skip
def test_another_structure_is_refused_and_the_item_is_named(told, named):
    assert named in refused(told)


def test_every_fault_is_told_at_once():
    said = refused(filled(source="", items=without("1")))
    assert "source" in said and "item 1 is missing" in said


def test_a_wording_is_loaded_loaded_again_and_dropped_and_the_audit_keeps_it(begin, clinic):
    for source in ("first", "second"):
        with begin() as work:
            load_wording(work, clinic.id, read_wording(json.dumps(filled(source=source))))
    with begin() as work:
        assert wording_of(work, clinic.id, "en").source == "second"
        assert wording_of(work, clinic.id, "zh-CN") is None
        assert drop_wording(work, clinic.id, Language("en"))
    with begin() as work:
        assert wording_of(work, clinic.id, "en") is None
        assert not drop_wording(work, clinic.id, Language("en"))
        kept = work.session.exec(select(Audit.action).order_by(Audit.id)).all()
        assert kept == ["clinic.wording", "clinic.wording", "clinic.wording.own"]
