"""One-time passwords: RFC 6238 with SHA-1, six digits, thirty seconds."""

import base64
import hashlib
import hmac
import struct

STEP_S, DIGITS = 30, 6


def code_at(secret: str, timestamp: float) -> str:
    letters = secret.replace(" ", "").upper()
    key = base64.b32decode(letters + "=" * (-len(letters) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(timestamp) // STEP_S), hashlib.sha1).digest()
    (number,) = struct.unpack(">I", digest[digest[-1] & 15 :][:4])
    return f"{(number & 0x7FFFFFFF) % 10**DIGITS:0{DIGITS}}"


def seconds_left_at(timestamp: float) -> int:
    """How long a password of this moment is shown yet: 30 to 1."""
    return STEP_S - int(timestamp) % STEP_S
