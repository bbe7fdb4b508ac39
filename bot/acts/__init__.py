"""What the bot does: one module a subject, each with what its buttons, commands and flows do.

`GO` is what a button `go:NAME` does, `COMMANDS` what `/NAME` does, `ENDINGS` what a complete
flow does, `CHECKS` what only the clinic's record can tell of an answer.
"""

from collections.abc import Callable, Mapping

from bot.acts import (
    another,
    data,
    dose,
    dose_fix,
    doses_seen,
    link,
    more,
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
Check = Callable[[Talk, Flow, Answers], None]
Hears = Callable[[Talk, Said], Reply | Opens]

_MODULES = (
    link, symptoms, dose, dose_fix, doses_seen, visit, another, reminding, sf36, words, data, more,
)  # fmt: skip

GO: Mapping[str, Act] = {k: v for one in _MODULES for k, v in getattr(one, "GO", {}).items()}
COMMANDS: Mapping[str, Act] = {
    k: v for one in _MODULES for k, v in getattr(one, "COMMANDS", {}).items()
}
ENDINGS: Mapping[str, Ending] = {
    k: v for one in _MODULES for k, v in getattr(one, "ENDINGS", {}).items()
}
CHECKS: Mapping[str, Check] = {
    k: v for one in _MODULES for k, v in getattr(one, "CHECKS", {}).items()
}
