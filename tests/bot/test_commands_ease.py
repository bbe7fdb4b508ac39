"""The commands that Telegram is told of."""

import pytest
from telegram import BotCommand

from app.texts import catalogue
from bot.acts import COMMANDS
from bot.commands import announced


def names(language: str) -> list[str]:
    return [name for name, _ in announced(language)]


def test_both_languages_have_the_same_commands_in_the_same_order():
    assert names("en") == names("zh-CN")
    assert len(names("en")) == len(set(names("en"))) <= 20


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_every_command_with_words_is_announced_and_none_is_without_an_answer(language):
    worded = {key.partition(".")[2] for key in catalogue(language) if key.startswith("command.")}
    assert set(names(language)) == worded == worded & {*COMMANDS, "cancel"}


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_telegram_is_told_is_within_its_bounds(language):
    for name, words in announced(language):
        assert BotCommand.MIN_COMMAND <= len(name) <= BotCommand.MAX_COMMAND
        assert BotCommand.MIN_DESCRIPTION <= len(words) <= BotCommand.MAX_DESCRIPTION


def test_all_well_comes_first_and_the_way_out_last():
    assert names("en")[0] == "well"
    assert names("en")[-3:] == ["help", "cancel", "stop"]


@pytest.mark.parametrize("name", ["cancel", *COMMANDS])
def test_every_command_is_answered(linked, name):
    assert linked.says(f"/{name}").text
