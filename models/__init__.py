"""SQLModel tables, one noun a file. Importing this package registers them all."""

from models.access import ApiKey, Audit, Idempotency
from models.alert import (
    Alert,
    AlertEvent,
    AlertState,
    AlertWhat,
    Disposition,
    InboxItem,
    InboxKind,
)
from models.calling import CallDue, CallOutcome, CallWhy, PhoneCall
from models.chat import Chat, ChatState, TelegramUpdate
from models.clinic import (
    AcceptedAdvice,
    CheckPace,
    Clinic,
    CtcaeVersion,
    MissedDose,
    OnForget,
    Prior,
)
from models.clockwork import DayPlan, Heartbeat, RateBudget
from models.draw import DrawStep, Step
from models.former import Ending, FormerResult, ResultKind
from models.media import Media, MediaKind, MediaState
from models.medicine import MedicineAnswer, MedicineKind, MedicineReview
from models.message import Channel, Message, MessageState
from models.patient import Invitation, Language, Mutation, Operation, Patient, Risk, Sex, Site
from models.prompt import Prompt, PromptKind, PromptState
from models.recall import FollowUp, FollowUpHow, Recall, RecallKind, RecallMark
from models.report import GradeStatus, Questionnaire, SymptomGrade, SymptomReport
from models.staff import Role, Rota, SpecialDay, Staff, StaffRole, StaffSession
from models.treatment import (
    Decision,
    DecisionKind,
    Dose,
    DoseStart,
    DoseStatus,
    Provenance,
    Regimen,
)
from models.visit import Comparator, Lab, Sample, Visit, VisitPurpose, VisitStatus
from models.wording import Wording

__all__ = [
    "AcceptedAdvice", "Alert", "AlertEvent", "AlertState", "AlertWhat", "ApiKey", "Audit",
    "CallDue", "CallOutcome", "CallWhy", "Channel", "Chat", "ChatState", "CheckPace", "Clinic",
    "Comparator", "CtcaeVersion", "DayPlan", "Decision", "DecisionKind", "Disposition", "Dose",
    "DoseStart", "DoseStatus", "DrawStep", "Ending", "FollowUp", "FollowUpHow", "FormerResult",
    "GradeStatus", "Heartbeat", "Idempotency", "InboxItem", "InboxKind", "Invitation", "Lab",
    "Language", "Media", "MediaKind", "MediaState", "MedicineAnswer", "MedicineKind",
    "MedicineReview", "Message", "MessageState", "MissedDose", "Mutation", "OnForget", "Operation",
    "Patient", "PhoneCall", "Prior", "Prompt", "PromptKind", "PromptState", "Provenance",
    "Questionnaire", "RateBudget", "Recall", "RecallKind", "RecallMark", "Regimen", "ResultKind",
    "Risk", "Role", "Rota", "Sample", "Sex", "Site", "SpecialDay", "Staff", "StaffRole",
    "StaffSession", "Step", "SymptomGrade", "SymptomReport", "TelegramUpdate", "Visit",
    "VisitPurpose", "VisitStatus", "Wording",
]  # fmt: skip
