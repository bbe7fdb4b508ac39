"""A patient's answers become suggested grades, red flags and nothing that CTCAE has not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clinical.errors import (
    MissingAnswer,
    QuestionDoesNotApply,
    UnknownOption,
    UnknownQuestion,
    UnknownTerm,
)
from app.clinical.grading import TERMS
from app.clinical.symptoms import (
    ASKED,
    FLAGS,
    QUESTIONS,
    TERMS_ASKED,
    grade_report,
    grade_term,
    next_question,
)

TABLE = Path(__file__).parents[2] / "docs" / "symptom-grades.md"
HANDS_FEET = "palmar_plantar_erythrodysesthesia_syndrome"


def paths(term, answers=None):
    """Every way through a term's questions, as answers."""
    answers = answers or {}
    question = next_question(term, answers)
    if question is None:
        yield answers
        return
    for option in question.options:
        yield from paths(term, {**answers, question.code: option.code})


def answered(term, replies):
    """Answers from "option option ...", in the order asked."""
    answers = {}
    for reply in replies.split():
        answers[next_question(term, answers).code] = reply
    return answers


@pytest.mark.parametrize(
    ("term", "replies", "grade", "criterion"),
    [
        ("periorbital_edema", "soft affected", 3, "Edema associated with visual disturbance"),
        ("periorbital_edema", "soft no none", 1, "Soft or non-pitting"),
        ("periorbital_edema", "soft no drops", 2, "topical intervention indicated"),
        ("periorbital_edema", "firm no diuretic", 3, "diuretics indicated"),
        ("localized_edema", "moderate no", 2,
         "[own] Moderate localized edema, intervention not known"),
        ("localized_edema", "moderate chores", 2, "limiting instrumental ADL"),
        ("rash_maculo_papular", "over_30 no mild", 2,
         "rash covering > 30% BSA with or without mild symptoms"),
        ("rash_maculo_papular", "over_30 chores strong", 3,
         "Macules/papules covering >30% BSA with moderate or severe symptoms"),
        ("rash_maculo_papular", "over_30 self_care", 3, "limiting self care ADL"),
        ("rash_maculo_papular", "under_10 no", 1,
         "Macules/papules covering <10% BSA with or without symptoms"),
        ("rash_acneiform", "over_30 no no mild", 2,
         "papules and/or pustules covering > 30% BSA with or without mild symptoms"),
        ("rash_acneiform", "under_10 no distress", 2, "associated with psychosocial impact"),
        ("dry_skin", "under_10 no no", 1,
         "Covering <10% BSA and no associated erythema or pruritus"),
        ("dry_skin", "under_10 red_or_itchy no", 2,
         "[own] Covering <10% BSA with erythema or pruritus"),
        ("dry_skin", "from_10 chores", 2, "limiting instrumental ADL"),
        ("dry_skin", "over_30", 3, "[own] Covering >30% BSA, pruritus not asked"),
        ("bullous_dermatitis", "over_30 none", 3, "Blisters covering >30% BSA"),
        ("bullous_dermatitis", "over_30 drip", 4,
         "associated with fluid or electrolyte abnormalities"),
        (HANDS_FEET, "minimal painful no", 2, "[own] Minimal skin changes with pain"),
        ("skin_hypopigmentation", "about_10", 2,
         "[own] Hypopigmentation or depigmentation covering 10% BSA"),
        ("skin_hypopigmentation", "under_10 yes", 2, "associated psychosocial impact"),
        ("photosensitivity", "under_10 tender none", 2,
         "[own] Tender erythema covering <10% BSA"),
        ("photosensitivity", "from_10 no none", 2, "[own] Erythema covering 10 - 30% BSA"),
        ("photosensitivity", "from_10 tender none", 2, "Tender erythema covering 10 - 30% BSA"),
        ("photosensitivity", "over_30 no none", 3, "[own] Erythema covering >30% BSA"),
        ("photosensitivity", "over_30 blisters none", 3,
         "Erythema covering >30% BSA and erythema with blistering"),
        ("diarrhea", "from_4 none self_care", 3, "limiting self care ADL"),
        ("fatigue", "helps self_care", 3, "[own] Fatigue limiting self care ADL"),
        ("fatigue", "does_not_help self_care", 3,
         "Fatigue not relieved by rest, limiting self care ADL"),
        ("constipation", "by_hand yes", 4, "urgent intervention indicated"),
        ("vomiting", "stay_down none", 1, "Intervention not indicated"),
        ("weight_gain", "from_20 no", 3, ">=20% from baseline"),
        ("nausea", "none", 0, None),
    ],
)  # fmt: skip
def test_the_grade_is_the_highest_criterion_met(term, replies, grade, criterion):
    graded = grade_term(term, answered(term, replies))
    assert (graded.grade, graded.criterion) == (grade, criterion)
    assert (graded.term, graded.meddra) == (term, TERMS[term].meddra)
    assert graded.name == TERMS[term].name


@pytest.mark.parametrize("term", TERMS_ASKED)
def test_every_way_through_a_term_ends_in_a_grade_that_it_has(term):
    for answers in paths(term):
        graded = grade_term(term, answers)
        assert graded.grade == 0 or graded.grade in TERMS[term].grades
        assert graded.grade < 5
        assert (graded.criterion is None) == (graded.grade == 0)


@pytest.mark.parametrize("term", TERMS_ASKED)
def test_a_later_question_is_asked_only_where_it_can_change_the_grade_or_raise_a_flag(term):
    def check(answers, grade):
        question = next_question(term, answers)
        if question is None:
            return
        best = max(option.grade for option in question.options)
        assert best > grade or any(option.red_flag for option in question.options)
        for option in question.options:
            check({**answers, question.code: option.code}, max(grade, option.grade))

    check({}, 0)


def test_the_table_of_reachable_grades_is_the_one_in_the_documentation():
    written = [
        [cell.strip() for cell in line.strip("|\n ").split("|")]
        for line in TABLE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `")
    ]
    assert written == [row(term) for term in TERMS_ASKED]


def row(term):
    """A line of the table: what patients can reach, and what is left to the clinician."""
    graded = [grade_term(term, answers) for answers in paths(term)]
    reached = sorted({grade.grade for grade in graded})
    own = sorted({g.grade for g in graded if g.criterion and g.criterion.startswith("[own]")})
    left = [grade for grade in TERMS[term].grades if grade not in reached]
    return [
        f"`{term}`", TERMS[term].name, TERMS[term].family, str(len(TERMS_ASKED[term].questions)),
        *(", ".join(map(str, grades)) or "-" for grades in (reached, left, own)),
    ]  # fmt: skip


def test_a_report_has_all_four_families_even_when_nothing_was_said():
    report = grade_report({})
    assert report.families == {"edema": 0, "skin": 0, "gi": 0, "other": 0}
    assert (report.grades, report.red_flags) == ((), ())


def test_a_report_over_several_terms_keeps_each_grade_and_the_worst_of_a_family():
    report = grade_report(
        {
            **answered("vomiting", "come_up hospital"),
            **answered("nausea", "as_usual no"),
            **answered("periorbital_edema", "firm affected"),
            **answered("red_flags", "fever"),
        }
    )
    assert {g.term: g.grade for g in report.grades} == {
        "periorbital_edema": 3, "nausea": 1, "vomiting": 3,
    }  # fmt: skip
    assert report.families == {"edema": 3, "skin": 0, "gi": 3, "other": 0}
    assert report.red_flags == ("fever", "vision", "dehydration")


def test_a_red_flag_is_raised_once_and_gives_no_grade():
    report = grade_report(
        {**answered("red_flags", "dyspnoea"), **answered("pulmonary_edema", "resting oxygen")}
    )
    assert report.red_flags == ("dyspnoea",)
    assert [grade.term for grade in report.grades] == ["pulmonary_edema"]


def test_two_kilograms_in_a_week_is_a_red_flag_under_5_percent_too():
    report = grade_report(answered("weight_gain", "none two_kg"))
    assert (report.families["other"], report.red_flags) == (0, ("rapid_weight_gain",))


@pytest.mark.parametrize(
    ("answers", "error", "field"),
    [
        ({"headache.severity": "mild"}, UnknownQuestion, "headache.severity"),
        ({"nausea": "mild"}, UnknownQuestion, "nausea"),
        ({"nausea.eating": "lots"}, UnknownOption, "nausea.eating"),
        ({"nausea.eating": "less"}, MissingAnswer, "nausea.consequences"),
        ({"nausea.consequences": "no"}, MissingAnswer, "nausea.eating"),
        (
            {"nausea.eating": "none", "nausea.consequences": "no"},
            QuestionDoesNotApply,
            "nausea.consequences",
        ),
        ({"red_flags.now": "headache"}, UnknownOption, "red_flags.now"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_by_its_question(answers, error, field):
    with pytest.raises(error) as refused:
        grade_report(answers)
    assert refused.value.field == field
    assert str(refused.value).endswith(".")


def test_a_term_takes_only_its_own_answers():
    with pytest.raises(UnknownQuestion) as refused:
        grade_term("nausea", {"nausea.eating": "none", "vomiting.fluids": "none"})
    assert refused.value.field == "vomiting.fluids"


@pytest.mark.parametrize("term", ["headache", "red_flags", "anemia", "stevens_johnson_syndrome"])
def test_a_term_that_is_not_asked_is_not_graded(term):
    with pytest.raises(UnknownTerm):
        grade_term(term, {})


def test_an_unknown_term_has_no_next_question():
    with pytest.raises(UnknownTerm):
        next_question("headache", {})


def test_the_next_question_passes_over_answers_about_other_terms():
    assert next_question("nausea", {"vomiting.fluids": "none"}).code == "nausea.eating"
    assert next_question("red_flags", {"red_flags.now": "none"}) is None


@given(st.data(), st.sets(st.sampled_from(list(ASKED)), max_size=8))
def test_whatever_is_answered_a_familys_grade_is_its_highest(data, terms):
    answers = {}
    for term in terms:
        while question := next_question(term, answers):
            option = data.draw(st.sampled_from(question.options))
            answers[question.code] = option.code
    report = grade_report(answers)
    for family, worst in report.families.items():
        grades = [grade.grade for grade in report.grades if grade.family == family]
        assert worst == max(grades, default=0)
    assert set(report.red_flags) <= set(FLAGS)
    assert {QUESTIONS[code].term for code in answers} == terms
