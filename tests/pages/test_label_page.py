"""The label of a tube: by code, scanned, 50 x 25 mm, on the page and as a PDF."""

import io
import re
import zlib
from zoneinfo import ZoneInfo

import pytest
import segno
from PIL import Image
from sqlmodel import select

from app.pages.label_document import as_picture
from app.services.labels import Label
from app.services.visits import change_visit
from models import Audit, Visit, VisitStatus

NURSE = "nurse@example.com"


@pytest.fixture
def path(visit):
    return f"/patients/{visit.patient_id}/visits/{visit.id}/label"


@pytest.mark.parametrize(("language", "drawn"), [("en", "Drawn"), ("zh-CN", "采血时间")])
def test_the_label_tells_the_code_the_tube_and_the_draw_and_no_name(signed_in, path, visit, language, drawn):
    page = signed_in(NURSE).get(f"{path}?lang={language}&n=3").text
    labels = re.findall(r'<article class="tube-label">(.*?)</article>', page, re.DOTALL)
    assert len(labels) == 3
    for told in ("P-0002", "EDTA 5 ml", visit.id, drawn, 'class="line"'):
        assert told in labels[0]
    assert segno.make_qr(f"P-0002 {visit.id}", error="m").svg_inline(omitsize=True, border=2) in labels[0]


def test_after_the_draw_its_time_is_printed(signed_in, path, visit, demo_begin):
    with demo_begin() as work:
        work.session.get_one(Visit, (visit.clinic_id, visit.id)).drawn_at = visit.draw_at
    local = visit.draw_at.astimezone(ZoneInfo("Asia/Shanghai"))
    page = signed_in(NURSE).get(path).text
    assert f"{local:%Y-%m-%d %H:%M}" in page and 'class="line"' not in page


def test_the_pdf_has_a_page_of_50_by_25_mm_for_each(signed_in, path, visit):
    answer = signed_in(NURSE).get(f"{path}.pdf?n=2&lang=zh-CN")
    assert answer.mimetype == "application/pdf"
    boxes = re.findall(r"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", unpacked(answer.data))
    assert [tuple(round(float(side) * 25.4 / 72) for side in box) for box in boxes] == [(50, 25)] * 2


def test_what_is_printed_can_be_scanned_dot_by_dot(app):
    label = Label("P-0002", "01a2180b94ab001c1804df", "EDTA 5 ml", None)
    with app.test_request_context("/"):
        picture = Image.open(io.BytesIO(as_picture(label, "", ppi=1200))).convert("L")
    dots = [list(row) for row in segno.make_qr(label.scanned, error="m").matrix_iter(border=2)]
    mm, side = 1200 / 25.4, 18 / len(dots)  # the code is 18 mm wide, 1.5 mm from the edges
    left = top = 1.5
    read = [
        [picture.getpixel((int((left + (x + 0.5) * side) * mm), int((top + (y + 0.5) * side) * mm))) < 128 for x in range(len(dots))]
        for y in range(len(dots))
    ]
    assert read == [[bool(dot) for dot in row] for row in dots]


def unpacked(pdf):
    """A PDF's words outside and inside of its streams."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    inside = b"".join(zlib.decompressobj().decompress(one) for one in streams if one[:1] == b"x")
    return (pdf + inside).decode("latin-1")


@pytest.mark.parametrize(("asked", "given"), [("0", 1), ("21", 20), ("x", 1), ("-3", 1), ("99999", 1), ("", 1)])
def test_no_more_are_printed_than_can_be_meant(signed_in, path, asked, given):
    assert signed_in(NURSE).get(f"{path}?n={asked}").text.count('class="tube-label"') == given


def test_a_cancelled_visit_has_no_label(signed_in, path, visit, demo_begin):
    with demo_begin() as work:
        change_visit(work, visit.clinic_id, visit.id, status=VisitStatus.CANCELLED)
    answer = signed_in(NURSE).get(f"{path}?lang=en", follow_redirects=True)
    assert "No blood is drawn at this visit" in answer.text


def test_who_printed_is_audited(signed_in, path, visit, demo_begin):
    signed_in(NURSE).get(path)
    with demo_begin() as work:
        [row] = work.session.exec(select(Audit).where(Audit.about == visit.id)).all()
    assert (row.action, row.patient_id) == ("label.read", visit.patient_id)
