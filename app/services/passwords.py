"""Which passwords are taken: at least 12 characters, and none that is guessed first."""

from collections.abc import Iterable

LEAST = 12
_DIFFERENT = 5  # [own] characters at least: "aaaaaaaaaaaa" and "121212121212" have fewer
# What the lists of stolen passwords hold again and again, and what stands near in this clinic.
_STEMS = (
    "password", "passw0rd", "qwerty", "asdfgh", "zxcvbn", "1q2w3e", "abc123", "123456", "654321",
    "iloveyou", "letmein", "welcome", "admin", "administrator", "changeme", "woaini", "5201314",
    "woaiwojia", "mima", "doctor", "nurse", "hospital", "yisheng", "hushi", "yiyuan", "menzhen",
    "imatinib", "gist", "glivec",
)  # fmt: skip


def is_common(password: str, own: Iterable[str] = ()) -> bool:
    """Whether little is left of it without common words, the person's own, and digits."""
    left = password.lower()
    if len(set(left)) < _DIFFERENT:
        return True
    for stem in sorted((*_STEMS, *_words(own)), key=len, reverse=True):
        left = left.replace(stem, "")
    return sum(one.isalpha() for one in left) < _DIFFERENT


def _words(own: Iterable[str]) -> Iterable[str]:
    return (one.lower() for one in own if len(one) > 2)
