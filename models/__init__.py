"""SQLModel tables, one noun a file. Importing this package registers them all."""

from models.access import ApiKey, Audit, Idempotency
from models.alert import Alert, AlertState, Disposition, InboxItem, InboxKind
from models.chat import Chat, ChatState, TelegramUpdate
from models.clinic import Clinic, CtcaeVersion, Prior
from models.message import Channel, Message, MessageState
from models.patient import Invitation, Language, Mutation, Operation, Patient, Risk, Sex, Site
from models.report import GradeStatus, Questionnaire, SymptomGrade, SymptomReport
from models.staff import Role, Rota, Staff, StaffRole
from models.treatment import Decision, DecisionKind, Dose, DoseStatus, Provenance, Regimen
from models.visit import Lab, Sample, Visit, VisitPurpose, VisitStatus
from models.wording import Wording

__all__ = [
    "Alert", "AlertState", "ApiKey", "Audit", "Channel", "Chat", "ChatState", "Clinic",
    "CtcaeVersion", "Decision", "DecisionKind", "Disposition", "Dose", "DoseStatus",
    "GradeStatus", "Idempotency", "InboxItem", "InboxKind", "Invitation", "Lab", "Language",
    "Message", "MessageState", "Mutation", "Operation", "Patient", "Prior", "Provenance",
    "Questionnaire", "Regimen", "Risk", "Role", "Rota", "Sample", "Sex", "Site", "Staff",
    "StaffRole", "SymptomGrade", "SymptomReport", "TelegramUpdate", "Visit", "VisitPurpose",
    "VisitStatus", "Wording",
]  # fmt: skip
