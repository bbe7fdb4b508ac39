"""A clinic's licensed words of the SF-36."""

from datetime import datetime

from sqlmodel import SQLModel

from models.columns import clinic_key, json_dict, one_of, word
from models.patient import Language


class Wording(SQLModel, table=True):
    """In one language: the words of every key of the questionnaire, and whose they are."""

    __table_args__ = (one_of("language", Language),)
    clinic_id: str = clinic_key()
    language: Language = word(primary_key=True)
    source: str
    words: dict[str, str] = json_dict()
    loaded_at: datetime
