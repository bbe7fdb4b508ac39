"""Consent to a newer text of the clinic, and asking to be forgotten."""

from bot.flow import Answers, Choice, Flow, Step
from bot.flows.link import AGREE_OR_NOT, is_carer


def _is_patient(answers: Answers) -> bool:
    return not is_carer(answers)


def _goes_on(answers: Answers) -> bool:
    return answers.get("forget") == "go_on"


CONSENT = Flow("consent", (
    Step("consent", "link.consent", AGREE_OR_NOT, _is_patient),
    Step("consent.carer", "link.consent_carer", AGREE_OR_NOT, is_carer),
))  # fmt: skip

FORGET = Flow("forget", (
    Step("forget", "forget.ask", (
        Choice("keep", "forget.button.keep"), Choice("go_on", "forget.button.go_on"),
    )),
    Step("forget.sure", "forget.sure", (
        Choice("no", "forget.button.no"), Choice("yes", "forget.button.yes"),
    ), _goes_on),
))  # fmt: skip
