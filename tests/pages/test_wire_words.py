"""A patient's words on the clinic's pages: as they were written, and nothing more than words."""

import pytest

from app.services.inbox import put_in_inbox
from models import InboxKind

NURSE = "nurse@example.com"


@pytest.mark.parametrize("kind", [InboxKind.TEXT, InboxKind.UNREACHABLE])
def test_html_in_a_patients_words_is_shown_and_never_run(signed_in, demo_begin, kind):
    with demo_begin() as work:
        put_in_inbox(work, "demo", kind, "<script>alert(1)</script> & <b>x")
    page = signed_in(NURSE).get("/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;x" in page


def test_words_from_right_to_left_stay_within_their_line(signed_in, demo_begin):
    words = "\u202eمرحبا 😀"
    with demo_begin() as work:
        put_in_inbox(work, "demo", InboxKind.TEXT, words)
    assert f'<p class="words" dir="auto">{words}</p>' in signed_in(NURSE).get("/").text
