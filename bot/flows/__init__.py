"""Every flow, by its name, and the flow of a step."""

from bot.flow import Flow
from bot.flows.check_time import CHECK_TIME
from bot.flows.dose import DOSE, EARLY, FIX
from bot.flows.draw import DRAW
from bot.flows.link import LINK, RELINK
from bot.flows.reminding import DAILY, ZONE
from bot.flows.rights import CONSENT, FORGET
from bot.flows.settings import LANGUAGE
from bot.flows.sf36 import SF36
from bot.flows.slot import SLOT
from bot.flows.symptoms import SYMPTOMS

FLOWS: dict[str, Flow] = {
    flow.name: flow
    for flow in (
        LINK, RELINK, CONSENT, FORGET, LANGUAGE, CHECK_TIME, DAILY, ZONE, SYMPTOMS,
        DOSE, FIX, EARLY, DRAW, SLOT, SF36,
    )
}  # fmt: skip
FLOW_OF_STEP: dict[str, Flow] = {
    step.code: flow for flow in FLOWS.values() for step in flow.steps
}
