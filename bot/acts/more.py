"""All that home does not show at once."""

from bot.chats import Talk
from bot.home import at_home, home
from bot.replies import Reply, Rows, button

# Each page has at most four choices; the last one leads on, or home.
_PAGES: dict[str, Rows] = {
    "more": [
        [button("doses.earlier", "dose:earlier")],
        [button("home.visit", "go:visit")],
        [button("home.sf36", "go:sf36")],
        [button("home.more", "go:further")],
    ],
    "further": [
        [button("more.doses", "go:mydoses")],
        [button("more.reminders", "go:reminders")],
        [button("home.settings", "go:settings")],
        [button("more.home", "go:home")],
    ],
    "settings": [
        [button("more.language", "go:language")],
        [button("more.rights", "go:rights")],
        [button("more.help", "go:help")],
        [button("more.home", "go:home")],
    ],
}


def _page(name: str, key: str) -> Reply:
    return Reply(key, {"buttons": _PAGES[name]})


GO = {
    "more": lambda _talk: _page("more", "more.text"),
    "further": lambda _talk: _page("further", "more.text"),
    "settings": lambda _talk: _page("settings", "more.settings"),
    "help": lambda talk: at_home(talk, "help.text"),
    "home": home,
}
COMMANDS = {"help": lambda talk: at_home(talk, "help.text"), "more": GO["more"]}


def unknown(talk: Talk) -> Reply:
    """A command that we have not."""
    return at_home(talk, "help.text")
