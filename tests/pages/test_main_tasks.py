"""No page comes without a test that does in a real browser what it is for."""

import re
from pathlib import Path

from tests.pages.test_access_pages import places
from tests.pages.test_axe import NO_PAGE

MARK = re.compile(r"^@pytest\.mark\.main_task\((.*)\)$", re.MULTILINE)


def test_what_each_page_is_for_is_done_in_a_real_browser(app):
    pages = {name for name, method, _ in places(app) if method == "GET"} - NO_PAGE
    done = {
        name
        for file in Path(__file__).parent.glob("test_*.py")
        for marked in MARK.findall(file.read_text())
        for name in re.findall(r'"(\w+)"', marked)
    }
    assert done ^ pages == {"preview_page", "card_page"}  # which come after a form, not by an address
