"""What a patient is asked about a symptom: terms, questions and options as data."""

from dataclasses import dataclass

# Marks a criterion that CTCAE leaves open and this project fills with the higher neighbour.
OWN = "[own]"

# A question's code, and the options after any of which the later question is asked.
Condition = tuple[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Option:
    """An answer: the grade it reaches, by which phrase of CTCAE v5.0, and the red flag raised."""

    code: str
    grade: int = 0
    criterion: str | None = None
    red_flag: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question with buttons; asked when every condition on earlier answers holds."""

    code: str
    options: tuple[Option, ...]
    asked_if: tuple[Condition, ...] = ()

    @property
    def term(self) -> str:
        """The code of the term that the question belongs to."""
        return self.code.split(".")[0]


@dataclass(frozen=True, slots=True)
class Combined:
    """A criterion that needs several answers together (question code, option code)."""

    answers: frozenset[tuple[str, str]]
    grade: int
    criterion: str


@dataclass(frozen=True, slots=True)
class AskedTerm:
    """A term and its questions, the most telling first.

    The grade is the highest that an answer, or a combination of answers, reaches.
    """

    code: str
    family: str
    questions: tuple[Question, ...]
    combined: tuple[Combined, ...] = ()


NONE = Option("none")
NO = Option("no")
CHORES = Option("chores", 2, "limiting instrumental ADL")
SELF_CARE = Option("self_care", 3, "limiting self care ADL")


def limits(term: str, *asked_after: str, first: str, more: tuple[Option, ...] = ()) -> Question:
    """How the symptom limits daily life, asked after these options of the first question."""
    return Question(
        f"{term}.limits", (NO, *more, CHORES, SELF_CARE), (after(f"{term}.{first}", *asked_after),)
    )


def after(question: str, *options: str) -> Condition:
    """The condition that an earlier question was answered by one of these options."""
    return (question, frozenset(options))
