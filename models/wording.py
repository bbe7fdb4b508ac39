"""A clinic's own, licensed words for a questionnaire."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.columns import clinic_key, json_dict


class Wording(SQLModel, table=True):
    """The words of one instrument in one language; `texts` by the catalogue's keys."""

    clinic_id: str = clinic_key()
    instrument: str = Field(primary_key=True, max_length=22)
    language: str = Field(primary_key=True, max_length=10)
    name: str
    licence: str
    texts: dict[str, str] = json_dict()
    loaded_at: datetime
    loaded_by: str
