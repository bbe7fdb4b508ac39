"""What the bot does: one module a subject, each with what its buttons, commands and flows do.

`GO` is what a button `go:NAME` does, `COMMANDS` what `/NAME` does, `ENDINGS` what a complete
flow does, `CHECKS` what only the clinic's record can tell of an answer, `TYPED` what words do
in a flow whose open question takes none.
"""

from collections.abc import Callable, Mapping

from bot.acts import (
    another,
    check_time,
    consent,
    correct,
    data,
    dose,
    dose_fix,
    doses_seen,
    link,
    more,
    new_dose,
    reminding,
    sf36,
    symptoms,
    visit,
    words,
)
from bot.chats import Said, Talk
from bot.flow import Answers, Flow
from bot.replies import Opens, Reply

Act = Callable[[Talk], Reply | Opens]
Ending = Callable[[Talk, Answers], Reply | Opens]
# Raises Unclear; may tell facts to keep beside the answers, or a reply that leaves the flow.
Check = Callable[[Talk, Flow, Answers], Answers | Reply | None]
Typed = Callable[[Talk, str, Answers], Answers | None]
Hears = Callable[[Talk, Said], Reply | Opens]

_MODULES = (
    link, consent, check_time, symptoms, correct, dose, dose_fix, doses_seen, new_dose, visit,
    another, reminding, sf36, words, data, more,
)  # fmt: skip

GO: Mapping[str, Act] = {k: v for one in _MODULES for k, v in getattr(one, "GO", {}).items()}
COMMANDS: Mapping[str, Act] = {
    k: v for one in _MODULES for k, v in getattr(one, "COMMANDS", {}).items()
}
ENDINGS: Mapping[str, Ending] = {
    k: v for one in _MODULES for k, v in getattr(one, "ENDINGS", {}).items()
}
TYPED: Mapping[str, Typed] = {
    k: v for one in _MODULES for k, v in getattr(one, "TYPED", {}).items()
}
CHECKS: Mapping[str, Check] = {
    k: v for one in _MODULES for k, v in getattr(one, "CHECKS", {}).items()
}
