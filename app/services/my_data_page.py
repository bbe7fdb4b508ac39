"""All that is stored of a patient, as a page to read and to print. It needs nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from app.services.my_data import consents_of, grades_by_report, rows_of
from app.texts import NoSuchText, Reader, say
from app.texts.render import Attachment
from app.texts.units import shown_unit
from app.work import Work
from models import Patient, SymptomGrade

_STYLE = (
    "body{font:17px/1.6 'Noto Sans SC','PingFang SC','Microsoft YaHei',system-ui,sans-serif;"
    "color:#1d2b36;max-width:60rem;margin:0 auto;padding:1rem}"
    "h1{font-size:1.7rem}h2{font-size:1.2rem;margin:2rem 0 .4rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.35rem .8rem .35rem 0;"
    "border-top:1px solid #dfe5e9;overflow-wrap:anywhere}"
    "thead th{border:0;font-weight:400;color:#5a6873}td{white-space:pre-wrap}"
    "@media print{body{font-size:11pt;padding:0}tr{break-inside:avoid}}"
)
Cells = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Whose page it is, in which words."""

    work: Work
    patient: Patient
    reader: Reader

    def t(self, key: str, **data: Any) -> str:
        return say(key, self.reader, data or None)

    def word(self, kind: str, code: Any) -> str:
        """The word of a code; one that has none is shown as it is."""
        try:
            return self.t(f"{kind}.{code}")
        except NoSuchText:
            return str(code)

    def cell(self, value: Any) -> str:
        """A value as it is read: times on the patient's clock, nothing as a dash."""
        if value is None or value == "":
            return "–"
        if isinstance(value, bool):
            return self.t(f"mydata.{'yes' if value else 'no'}")
        if isinstance(value, datetime):
            return value.astimezone(ZoneInfo(self.patient.time_zone)).strftime("%Y-%m-%d %H:%M")
        if isinstance(value, date | time):
            return value.isoformat()[:10] if isinstance(value, date) else f"{value:%H:%M}"
        return f"{value:g}" if isinstance(value, float) else str(value)


def my_data_page(work: Work, patient: Patient, reader: Reader) -> Attachment:
    """Everything, for a person to read, in plain words."""
    page = Page(work, patient, reader)
    parts = [_profile(page), *(_table(page, *part) for part in _parts(page))]
    head = f"<h1>{escape(page.t('mydata.title'))}</h1>" + "".join(
        f"<p>{escape(page.t(key))}</p>" for key in ("mydata.what", "mydata.grades_note")
    )
    html = (
        f'<!doctype html><html lang="{reader.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(page.t('mydata.title'))}</title><style>{_STYLE}</style></head>"
        f"<body>{head}{''.join(parts)}</body></html>"
    )
    return Attachment("my-data.html", "text/html", html.encode())


def _profile(page: Page) -> str:
    one = page.patient
    told = {
        "code": one.code, "born": one.year_of_birth, "sex": page.word("page.sex", one.sex),
        "phone": one.phone, "time_zone": one.time_zone, "surgery": one.surgery_date,
        "weight": one.weight_kg, "height": one.height_cm, "dose_time": one.usual_dose_time,
        "dose_reminder": one.dose_reminder, "sms": one.sms_consent,
        "registered": one.registered_at, "forget": one.forget_asked_at, "made": page.work.now,
    }  # fmt: skip
    rows = "".join(
        f"<tr><th>{escape(page.t(f'mydata.profile.{name}'))}</th>"
        f"<td>{escape(page.cell(value))}</td></tr>"
        for name, value in told.items()
    )
    return f"<h2>{escape(page.t('mydata.profile'))}</h2><table>{rows}</table>"


def _table(page: Page, name: str, heads: Sequence[str], rows: Sequence[Cells]) -> str:
    title = f"<h2>{escape(page.t(f'mydata.{name}'))}</h2>"
    if not rows:
        return f"{title}<p>{escape(page.t('mydata.none'))}</p>"
    head = "".join(f"<th>{escape(page.t(f'mydata.head.{one}'))}</th>" for one in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(page.cell(value))}</td>" for value in row) + "</tr>"
        for row in rows
    )
    return f"{title}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _parts(page: Page) -> Iterator[tuple[str, Sequence[str], Sequence[Cells]]]:
    """Each part of the record: its name, its columns, its rows."""
    yield from _medicine(page)
    yield from _told(page)
    yield from _measured(page)
    yield from _spoken(page)


def _of(page: Page, name: str) -> Sequence[Any]:
    return rows_of(page.work, page.patient, name)


def _medicine(page: Page) -> Iterator[tuple[str, Sequence[str], Sequence[Cells]]]:
    regimens = [(one.started_on, f"{one.daily_dose_mg} mg", one.reason)
                for one in _of(page, "regimens")]  # fmt: skip
    yield "regimens", ("since", "dose", "why"), regimens
    doses = [
        (one.taken_at, f"{one.dose_mg} mg", page.word("mydata.dose", one.status),
         page.word("page.provenance", one.provenance), one.withdrawn_at)
        for one in _of(page, "doses")
    ]  # fmt: skip
    yield "doses", ("when", "dose", "what", "who", "withdrawn"), doses
    decisions = [
        (one.decided_at, page.word("page.decision", one.decision), one.dose_mg, one.reason)
        for one in _of(page, "decisions")
    ]
    yield "decisions", ("when", "what", "dose", "why"), decisions
    medicines = [
        (one.asked_on, page.t(f"page.medicines.answer.{one.answer}"), one.words)
        for one in _of(page, "medicines")
    ]
    yield "medicines", ("when", "answer", "text"), medicines


def _told(page: Page) -> Iterator[tuple[str, Sequence[str], Sequence[Cells]]]:
    grades = grades_by_report(page.work, page.patient)
    reports = [
        (one.reported_at, _symptoms(page, one, grades.get(one.id, [])), one.intolerable,
         one.note, page.word("page.provenance", one.provenance))
        for one in _of(page, "reports")
    ]  # fmt: skip
    yield "reports", ("when", "symptoms", "intolerable", "note", "who"), reports
    forms = [
        (one.answered_at, "\n".join(f"{page.word('page.sf36', name)}: {page.cell(value)}"
                                    for name, value in one.scales.items()))
        for one in _of(page, "questionnaires")
    ]  # fmt: skip
    yield "questionnaires", ("when", "scores"), forms
    alerts = [(one.raised_at, page.word("family", one.family), one.closed_at, one.note)
              for one in _of(page, "alerts")]  # fmt: skip
    yield "alerts", ("when", "about", "closed", "note"), alerts


def _symptoms(page: Page, report: Any, grades: Sequence[SymptomGrade]) -> str:
    """Each symptom with its grade, as confirmed or else as suggested, and the warning signs."""
    flags = [page.word("flag", flag) for flag in report.red_flags]
    told = [
        f"{page.word('term', one.term)}: "
        f"{one.grade if one.confirmed_grade is None else one.confirmed_grade}"
        for one in grades
    ]
    old = [page.t("mydata.replaced")] if report.replaced_by else []
    return "\n".join([*told, *flags, *old]) or page.t("mydata.all_well")


def _measured(page: Page) -> Iterator[tuple[str, Sequence[str], Sequence[Cells]]]:
    visits = [(one.draw_at, page.word("mydata.visit", one.status), one.drawn_at)
              for one in _of(page, "visits")]  # fmt: skip
    yield "visits", ("when", "what", "drawn"), visits
    levels = [(one.drawn_at, one.last_dose_at, _raw(one), one.corrected_ug_per_l)
              for one in _of(page, "levels")]  # fmt: skip
    yield "levels", ("drawn", "last_dose", "raw", "corrected"), levels
    labs = [
        (one.collected_at, page.word("page.analyte", one.analyte), _value(one),
         one.grade if one.confirmed_grade is None else one.confirmed_grade)
        for one in _of(page, "labs")
    ]  # fmt: skip
    yield "labs", ("when", "what", "value", "grade"), labs


def _raw(level: Any) -> Any:
    """A level in ug/L; where the laboratory told only a limit, with its sign."""
    return f"{level.comparator}{level.raw_ug_per_l:g}" if level.comparator else level.raw_ug_per_l


def _value(lab: Any) -> str:
    return f"{lab.comparator or ''}{lab.value:g} {shown_unit(lab.unit)}"


def _spoken(page: Page) -> Iterator[tuple[str, Sequence[str], Sequence[Cells]]]:
    written = [(one.received_at, one.text, one.answer) for one in _of(page, "written")]
    yield "written", ("when", "text", "answer"), written
    media = [(one.received_at, page.word("page.inbox", one.kind), one.size_bytes)
             for one in _of(page, "photos_and_voice")]  # fmt: skip
    yield "media", ("when", "what", "bytes"), media
    consents = [(one.at, page.word("mydata.consent", one.action),
                 one.about if one.action.startswith("consent") else None)
                for one in consents_of(page.work, page.patient)]  # fmt: skip
    yield "consents", ("when", "what", "version"), consents
    sent = [(one.sent_at, one.sent_body) for one in _of(page, "messages") if one.sent_at]
    yield "messages", ("when", "text"), sent
