"""What a file really is: a photo is decoded and made anew, a voice note known by its first bytes.

A photo is written again from its points alone, so that place, time, camera and every other word
in the file are gone; it is turned upright first.
"""

import struct
from io import BytesIO

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
LONGEST_SIDE = 2000  # points, enough to see a rash [own]
_MOST_POINTS = 50_000_000  # more is no photo of a phone but a trap [own]
_QUALITY = 85
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError)


class NotAFile(Exception):
    """The file is not what it was sent as."""


def clean_photo(content: bytes) -> bytes:
    """The picture as JPEG, upright, 2000 points at most, and nothing else of the file.

    Raises NotAFile.
    """
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            if opened.width * opened.height > _MOST_POINTS:
                raise NotAFile("too many points")
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            return _again(ImageOps.exif_transpose(opened))
    except _BROKEN as error:
        raise NotAFile(f"not a picture: {type(error).__name__}") from error


def _again(picture: Image.Image) -> bytes:
    """Its points on a new sheet: white where it was clear."""
    picture = picture.convert("RGBA") if "transparency" in picture.info else picture
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    sheet = Image.new("RGB", picture.size, "white")
    sheet.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    out = BytesIO()
    sheet.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def checked_voice(content: bytes) -> bytes:
    """The voice note as it is, when it is Opus in Ogg, as Telegram sends it. Raises NotAFile."""
    if not content.startswith(b"OggS") or b"OpusHead" not in content[:128]:
        raise NotAFile("not a voice note")
    return content
