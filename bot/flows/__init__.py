"""Every flow, by its name, and the flow of a step."""

from bot.flow import Flow
from bot.flows.dose import DOSE, EARLY, FIX
from bot.flows.draw import DRAW
from bot.flows.link import LINK
from bot.flows.reminding import DAILY, ZONE
from bot.flows.settings import LANGUAGE
from bot.flows.sf36 import SF36
from bot.flows.slot import SLOT
from bot.flows.symptoms import SYMPTOMS

FLOWS: dict[str, Flow] = {
    flow.name: flow for flow in (
        LINK, LANGUAGE, SYMPTOMS, DOSE, FIX, EARLY, DRAW, SLOT, DAILY, ZONE, SF36,
    )
}
FLOW_OF_STEP: dict[str, Flow] = {
    step.code: flow for flow in FLOWS.values() for step in flow.steps
}
