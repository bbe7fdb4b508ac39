"""What the authenticator apps of the demo staff show."""

import time

from app.demo_codes import one_time_secret
from app.settings import load_settings
from sandbox.one_time import STEP_S, code_at


def code_shown(email: str, steps_on: int = 0) -> str:
    """The code of this half minute; with `steps_on=1` the next, which is taken already."""
    secret = one_time_secret(load_settings({"SANDBOX": "1"}), email)
    return code_at(secret, time.time() + steps_on * STEP_S)
