"""Weights in Chinese: how many kilograms were gained, and whether it took a week."""

import pytest

from app.clinical.triage import chinese_measures, triage
from app.clinical.triage.chinese_measures import weight_gained
from app.clinical.triage.measures import both


def table(rows):
    return pytest.mark.parametrize(("text", "kg"), rows)


@pytest.fixture
def gains(monkeypatch):
    """Whether the text tells of one gain, of so many kilograms; None is no gain, nor a loss."""

    def tells(text, kg):
        def at(limit):
            monkeypatch.setattr(chinese_measures, "GAIN_KG", limit)
            return len(weight_gained(text))

        return at(-300) == 0 if kg is None else (at(kg - 0.001), at(kg + 0.001)) == (2, 0)

    return tells


@table([
    ("一周重了两公斤", 2), ("一周重了1.9公斤", 1.9), ("一周重了三千克", 3), ("一周重了3kg", 3), ("一周重了四斤", 2), ("一周重了4市斤", 2),
    ("一周重了三斤半", 1.75), ("一周重了三斤五两", 1.75), ("一周重了两个半公斤", 2.5), ("一周重了半斤", 0.25), ("一周重了好几斤", 2),
    ("一周重了几公斤", 4), ("一周重了二点五公斤", 2.5), ("一周重了十公斤", 10), ("一周重了十二公斤", 12), ("一周重了二十斤", 10),
    ("一周重了二十八斤", 14), ("一周重了29斤", 14.5), ("一周重了30斤", None), ("一周重了俩公斤", 2), ("一周重了仨公斤", 3),
])  # fmt: skip
def test_an_amount_is_read_in_kilograms(gains, text, kg):
    assert gains(text, kg)


@table([
    ("一周三公斤", None), ("一周三公斤胖", 3),
    ("一周胖" + "的" * 21 + "三公斤", 3), ("一周胖" + "的" * 22 + "三公斤", None),
    ("一周三公斤" + "的" * 7 + "胖", 3), ("一周三公斤" + "的" * 8 + "胖", None),
    ("胖。一周三公斤", 3), ("胖" + "的" * 6 + "。一周三公斤", 3), ("胖" + "的" * 7 + "。一周三公斤", None),
    ("一周没长三公斤", None), ("瘦了，一周重了三公斤", 3), ("一周重了三公斤，瘦", 3),
])  # fmt: skip
def test_an_amount_is_a_gain_if_a_word_near_says_so_and_its_clause_names_no_loss(gains, text, kg):
    assert gains(text, kg)


@table([
    ("重了三公斤", None), ("一个月重了三公斤", None), ("一个月前正常，一周重了三公斤", 3),
    ("一周了，三个月了，重了三公斤", None), ("三个月了，一周了，重了三公斤", 3),
    ("一周，重了三公斤，一个月", 3), ("一个月，重了三公斤，一周", None),
    ("重了三公斤，一周", 3), ("重了三公斤，一个月", None), ("重了三公斤，一周，一个月", 3), ("重了三公斤，一个月，一周", None),
    ("吃药三个月这周重了三公斤", 3), ("这周比三个月前重了三公斤", None), ("这周比三个月前，重了三公斤", 3), ("12天重了三公斤", None),
])  # fmt: skip
def test_the_time_of_a_gain_is_told_in_its_clause_or_the_nearest(gains, text, kg):
    assert gains(text, kg)


@table([
    ("体重周一60周三63", 3), ("体重周一63周三60", -3), ("体重周一60", None), ("周一60周三63", None), ("周一60.0周三63", 3),
    ("周一60今天63", 3), ("今天周一60，周三63", None), ("周一60今天61，周三63", None), ("周一60，周二61，今天63", 3), ("体重周一60，周二65，周三63", 3),
    ("体重周一60，周三89.9", 29.9), ("体重周一60，周三90", None), ("体重60，65", None),
    ("体重周一30，周三33", 3), ("体重周一29.9，周三33", None), ("体重周一247公斤，周三250公斤", 3), ("体重周一247公斤，周三250.5公斤", None),
])  # fmt: skip
def test_weights_of_one_week_are_compared_from_the_first_to_the_last(gains, text, kg):
    assert gains(text, kg)


@table([
    ("体重周一99，周三103", 4), ("体重周一100，周三104", 2), ("体重周一120，周三124斤", 2), ("体重周一120斤，周三124", 2), ("体重周一120公斤，周三124", 4),
    ("体重周一60千克，周三64", 4), ("体重周一60kg，周三64", 4), ("体重周一120市斤，周三124", 2), ("体重周一60公斤半，周三63公斤", 2.5), ("体重周一60公斤，周三63公斤半", 3.5),
])  # fmt: skip
def test_weights_have_the_unit_that_one_of_them_names_or_that_their_size_tells(gains, text, kg):
    assert gains(text, kg)


@table([
    ("体重周一一百零三斤，周三一百零七斤", 2), ("体重周一一百斤，周三一百零四斤", 2), ("体重周一一百三斤，周三一百三十四斤", 2), ("体重周一一百三，周三一百三十四", 2),
    ("体重周一一百一十斤，周三一百一十五斤", 2.5), ("体重周一二百二十斤，周三二百二十六斤", 3), ("体重周一六十一点五公斤，周三六十四公斤", 2.5),
    ("体重周一六十公斤，周三六十三公斤", 3), ("体重周一三十公斤，周三三十三公斤", 3), ("体重周一一百十五斤，周三一百二十斤", 2.5),
])  # fmt: skip
def test_numbers_are_read_in_chinese_letters(gains, text, kg):
    assert gains(text, kg)


@table([
    ("今天65，上周62，体重", 3), ("体重65，上周62", -3), ("体重65，三天前62", 3), ("周三体重65，今早62", -3), ("早上称65，昨天62", 3),
])  # fmt: skip
def test_the_weight_of_now_may_be_told_first(gains, text, kg):
    assert gains(text, kg)


@table([
    ("烧60，不过体重周一62，周三65", 3), ("血压" + "的" * 6 + "60体重周一62，周三65", 3), ("血压" + "的" * 7 + "60体重周一62，周三65", 5),
    ("血压60公斤体重周一62，周三65", 5),
])  # fmt: skip
def test_another_number_is_no_weight_unless_it_has_the_unit_of_one(gains, text, kg):
    assert gains(text, kg)


@table([
    ("3号62公斤，10号65公斤", 3), ("3号62公斤，11号65公斤", None), ("3号62公斤，3号65公斤", 3), ("10号62公斤，3号65公斤", None), ("3号62公斤，65公斤", None),
    ("1号62公斤，9号63公斤，7号65公斤", 3), ("3号62公斤，这周65公斤", 3), ("10月3号62公斤，10月8号65公斤", 3), ("10月3号62公斤，这周65公斤", 3), ("这周62公斤，三个月65公斤", None),
])  # fmt: skip
def test_two_dates_are_a_week_apart_at_most(gains, text, kg):
    assert gains(text, kg)


def test_each_gain_is_found_where_it_is_told():
    text = "你好。一周重了两公斤！体重周一60，周三63"
    one, two = text.index("两公斤"), text.index("60")
    assert weight_gained(text) == [
        *both(one, one + 3, "rapid_weight_gain", "other"), *both(two, len(text), "rapid_weight_gain", "other"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["这周体重一百二三十斤", "这周重了一百零三十斤", "这周重了一百零十斤", "一百零零三斤"])
def test_a_number_between_two_or_one_that_is_none_is_not_read(text):
    assert "rapid_weight_gain" not in triage(text, "zh-CN").red_flags
