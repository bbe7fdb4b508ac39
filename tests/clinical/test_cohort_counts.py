"""Grades before and after: the paper's own chi-square, and Stuart and Maxwell's for pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from app.clinical.cohort import band_of, moved_between, pearson_chi_square, stuart_maxwell
from app.clinical.cohort.paper import ADVERSE_EVENTS, PATIENTS, reproduced
from app.clinical.errors import NotACount

COUNTS = st.lists(st.integers(0, 400), min_size=3, max_size=3)
MOVES = st.lists(COUNTS, min_size=3, max_size=3)


@pytest.mark.parametrize(("family", "printed", "p"), [
    ("marrow", 9.202, 0.010), ("edema", 40.526, 0.0), ("skin", 22.495, 0.0), ("gi", 15.899, 0.0),
])  # fmt: skip
def test_the_papers_printed_counts_give_the_papers_printed_statistics(family, printed, p):
    table = ADVERSE_EVENTS[family]
    found = pearson_chi_square(table.before, table.after)
    assert round(found.statistic, 3) == printed == table.statistic
    assert (found.df, round(found.p, 3)) == (2, p)
    assert reproduced()[family] == found


def test_every_row_of_the_printed_table_holds_all_patients():
    rows = [row for one in ADVERSE_EVENTS.values() for row in (one.before, one.after)]
    assert {sum(row) for row in rows} == {PATIENTS}


def test_in_the_papers_own_table_cells_are_small():
    assert {family: round(one.least_expected, 1) for family, one in reproduced().items()} == {
        "marrow": 1.0, "edema": 3.5, "skin": 3.5, "gi": 1.0,
    }  # fmt: skip


@given(COUNTS, COUNTS)
def test_chi_square_is_that_of_the_library(before, after):
    found = pearson_chi_square(before, after)
    kept = [(a, b) for a, b in zip(before, after, strict=True) if a + b]
    if len(kept) < 2 or not sum(before) or not sum(after):
        assert (found.df, found.p) == (0, None)
        return
    known = stats.chi2_contingency(list(zip(*kept, strict=True)), correction=False)
    assert found.statistic == pytest.approx(known.statistic, abs=1e-9)
    assert (found.df, found.p) == (known.dof, pytest.approx(known.pvalue, abs=1e-12))
    assert found.least_expected == pytest.approx(known.expected_freq.min())


def test_a_band_that_nobody_reached_is_left_out():
    assert pearson_chi_square((8, 2, 0), (3, 7, 0)) == pearson_chi_square((8, 2), (3, 7))
    assert pearson_chi_square((8, 2, 0), (3, 7, 0)).df == 1


def test_nobody_before_or_after_is_nothing_to_compare():
    assert pearson_chi_square((0, 0, 0), (3, 7, 0)).p is None
    assert pearson_chi_square((5, 0, 0), (5, 0, 0)).p is None


@pytest.mark.parametrize("rows", [((1, -1), (1, 1)), ((1, 2, 3), (1, 2))])
def test_what_is_no_table_of_counts_is_refused(rows):
    with pytest.raises(NotACount):
        pearson_chi_square(*rows)


def test_stuarts_women_and_their_two_eyes():
    """Stuart 1955: the distance vision of 7 477 women, right eye by left; chi-square 11.96."""
    eyes = [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]
    found = stuart_maxwell(eyes)
    assert round(found.statistic, 2) == 11.96
    assert (found.df, round(found.p, 4), found.moved) == (3, 0.0075, 2181)


@given(st.lists(st.lists(st.integers(0, 300), min_size=2, max_size=2), min_size=2, max_size=2))
def test_with_two_categories_it_is_mcnemars(moves):
    better, worse = moves[0][1], moves[1][0]
    found = stuart_maxwell(moves)
    if better + worse:
        assert found.statistic == pytest.approx((better - worse) ** 2 / (better + worse))
    assert found.df == (better + worse > 0)


@given(MOVES)
def test_it_is_the_same_read_backwards_and_never_below_zero(moves):
    found, back = stuart_maxwell(moves), stuart_maxwell(list(zip(*moves, strict=True)))
    assert found.statistic == pytest.approx(back.statistic, abs=1e-6)
    assert (found.df, found.moved) == (back.df, back.moved)
    assert found.statistic > -1e-9


@given(MOVES, st.lists(st.integers(0, 300), min_size=3, max_size=3))
def test_who_stayed_where_they_were_changes_nothing(moves, stayed):
    more = [[n + (stayed[r] if r == c else 0) for c, n in enumerate(row)] for r, row in enumerate(moves)]
    assert stuart_maxwell(more).statistic == pytest.approx(stuart_maxwell(moves).statistic, abs=1e-6)


def test_nobody_moved_is_no_test():
    found = stuart_maxwell([[4, 0, 0], [0, 3, 0], [0, 0, 1]])
    assert (found.statistic, found.df, found.p, found.moved) == (0, 0, None, 0)


def test_grades_fall_into_the_papers_bands_and_pairs_into_their_table():
    assert [band_of(grade) for grade in range(6)] == [0, 1, 1, 2, 2, 2]
    assert moved_between([(3, 1), (3, 0), (2, 1), (0, 0), (0, 4)]) == ((1, 0, 1), (0, 1, 0), (1, 1, 0))
