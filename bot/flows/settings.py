"""Language."""

from bot.flow import Choice, Flow, Step

LANGUAGE = Flow("language", (
    Step("language", "language.ask", (
        Choice("zh-CN", "language.zh"), Choice("en", "language.en"),
    )),
))  # fmt: skip
