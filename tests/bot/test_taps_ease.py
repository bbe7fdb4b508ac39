"""What a patient does takes few taps and little reading: measured by doing it."""

import pytest

from bench.hand import seconds_to_read
from bench.taps import (
    ALL_WELL,
    DOSE_EARLIER,
    DOSE_NOW,
    LANGUAGES,
    LINK,
    NOW,
    ONE_SYMPTOM,
    QUESTIONNAIRE,
    TASKS,
    VISIT,
    measured,
    table,
    walk,
)

MOST_TAPS = {
    ALL_WELL.name: 1, ONE_SYMPTOM.name: 6, DOSE_NOW.name: 1, DOSE_EARLIER.name: 4, VISIT.name: 1,
    QUESTIONNAIRE.name: 38,
}  # fmt: skip


@pytest.fixture
def begin_then(begin, clock):
    clock.now = NOW
    return begin


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
def test_each_task_takes_few_taps_and_nothing_typed(begin_then, task, language):
    walked = walk(begin_then, language, task)
    assert walked.taps <= MOST_TAPS[task.name]
    assert walked.typed == 0


@pytest.mark.parametrize(("language", "within_s"), [("en", 60), ("zh-CN", 60)])
def test_a_report_with_trouble_is_read_in_less_than_a_minute(begin_then, language, within_s):
    read = walk(begin_then, language, ONE_SYMPTOM).read[:-1]  # to the last tap
    assert seconds_to_read(read, language) < within_s


def test_the_table_has_a_line_for_each_task(begin_then):
    walked = measured(begin_then)
    shown = table(walked).splitlines()[1:]
    assert [line[:40].strip() for line in shown] == [*(task.name for task in TASKS), LINK]
