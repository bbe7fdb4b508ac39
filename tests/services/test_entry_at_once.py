"""Two at once: a result is kept once, whoever comes first."""

import threading

import pytest
from sqlmodel import select

from app.services.fhir.receiving import receive
from app.services.lab_list import import_list, rows_of_file
from app.services.lab_list.lines import Line
from models import Lab, Patient, Sample
from tests.conftest import NOW

LIST = (
    "患者编号,采样时间,末次服药时间,项目,结果,单位,参考下限\n"
    "P-0001,2026-11-23 07:40,2026-11-22 08:10,伊马替尼,1200,ng/mL,\n"
    "P-0001,2026-11-23 07:40,,血小板,20,10^9/L,125\n"
).encode()


@pytest.fixture
def together(begin, patient):
    """together(do) -> what two threads got that did it at the same time."""

    def together(do):
        start, got = threading.Barrier(2), []

        def run():
            start.wait()
            with begin() as work:
                got.append(do(work))

        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return got

    return together


def test_one_list_sent_twice_at_once_is_kept_once(together, begin):
    got = together(lambda work: import_list(work, "wuhan", rows_of_file(LIST), "staff:1"))
    assert sorted(one.accepted for one in got) == [0, 2]
    with begin() as work:
        assert len(work.session.exec(select(Sample)).all()) == 1
        assert len(work.session.exec(select(Lab)).all()) == 1


def test_one_observation_sent_twice_at_once_is_kept_once(together, begin, patient):
    line = Line(0, "P-0001", "platelets", 20, None, "10^9/L", NOW, lln=125)

    def send(work):
        one = work.session.get_one(Patient, (patient.clinic_id, patient.id))
        return receive(work, one, line, "urn:lis|R-1")

    assert sorted(one.is_new for one in together(send)) == [False, True]
    with begin() as work:
        assert len(work.session.exec(select(Lab)).all()) == 1
