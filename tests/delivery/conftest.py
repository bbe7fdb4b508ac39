import pytest
from delivery_wire import CHAT, DEPUTY, NURSE, SETTINGS, Wire

from app.delivery import deliver_due
from models import Chat, ChatState, Rota, Staff
from models.columns import new_id


@pytest.fixture
def wire():
    return Wire()


@pytest.fixture
def deliver(begin, wire):
    return lambda: deliver_due(begin, wire.post, SETTINGS)


@pytest.fixture
def linked(begin, patient):
    with begin() as work:
        work.session.add(Chat(id=CHAT, clinic_id="wuhan", patient_id=patient.id,
                              state=ChatState.ACTIVE))  # fmt: skip
    return patient


@pytest.fixture
def team(begin, clinic):
    with begin() as work:
        for position, phone in enumerate((NURSE, DEPUTY)):
            staff = Staff(clinic_id="wuhan", name=phone, email=phone, password="x",
                          fs_uniquifier=phone, phone=phone)  # fmt: skip
            work.session.add(staff)
            work.session.flush()
            work.session.add(Rota(clinic_id="wuhan", id=new_id(work.now), staff_id=staff.id,
                                  weekday=1, position=position))  # fmt: skip
