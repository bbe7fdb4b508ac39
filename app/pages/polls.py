"""What an open page asks by itself: nobody is there for it, so it keeps no sign-in alive."""

POLLS = frozenset({"pages.queue_live", "pages.alert_news"})
