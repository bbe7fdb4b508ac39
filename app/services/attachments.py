"""Files that go with a message, made at the moment of sending from what is on record then."""

from collections.abc import Callable, Mapping

from app.services.adherence_picture import doses_picture
from app.services.my_data import my_data_json
from app.services.my_data_page import my_data_page
from app.texts import Reader
from app.texts.render import Attachment
from app.work import Work
from models import Patient

Make = Callable[[Work, Patient, Reader], Attachment]

# By the word that stands in a message's data under "attachment".
MAKERS: Mapping[str, Make] = {
    "my_data_json": my_data_json, "my_data_page": my_data_page, "doses": doses_picture,
}  # fmt: skip


def attachment_of(work: Work, what: str, patient: Patient, reader: Reader) -> Attachment:
    """Make a file of the patient's own record, in the reader's language and zone."""
    return MAKERS[what](work, patient, reader)
