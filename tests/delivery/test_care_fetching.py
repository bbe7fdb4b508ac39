"""Photos and voice notes are fetched from the real stand-in, checked, and kept without their past."""

import asyncio
import base64
import hashlib
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlmodel import select

from app.fetching import ATTEMPTS, LEASE, fetch_due
from app.media_files import make_folder, remove_file
from app.pictures import NotAFile, checked_voice, clean_photo
from app.senders import Refused, Unavailable
from app.senders.telegram import Telegram
from app.services.erasing import erase
from app.services.media import receive
from app.settings import Settings, UnsafeSettings, load_settings
from models import Chat, ChatState, Media, MediaKind, Message
from tests.story.processes import ask_json, free_port, until

VOICE = b"OggS\x00\x02" + b"\x00" * 22 + b"OpusHead\x01\x01" + b"\x00" * 200
GPS, ORIENTATION, MAKE, COMMENT = 0x8825, 0x0112, 0x010F, "by a camera"


def jpeg_with_a_past(size=(3000, 1500)) -> bytes:
    """Taken on its side, somewhere, by some camera."""
    picture, exif = Image.new("RGB", size, "red"), Image.Exif()
    picture.paste("blue", (0, 0, size[0] // 2, size[1]))
    exif[ORIENTATION], exif[MAKE] = 6, "Camera of somebody"
    exif[GPS] = {1: "N", 2: (30.0, 35.0, 0.0), 3: "E", 4: (114.0, 17.0, 0.0)}
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=COMMENT.encode(), dpi=(300, 300))
    return out.getvalue()


def of_format(kind: str, mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.new(mode, (40, 30), "red").save(out, kind)
    return out.getvalue()


@pytest.fixture(scope="module")
def phones(tmp_path_factory) -> Iterator[str]:
    port = str(free_port())
    env = {**os.environ, "SANDBOX_PORT": port, "SANDBOX_STATE": "", "SANDBOX_SEED": "none.json"}
    running = subprocess.Popen([sys.executable, "-m", "sandbox"], env=env)
    url = f"http://127.0.0.1:{port}"
    until(lambda: answers(url))
    yield url
    running.terminate()
    running.wait(10)


def answers(url: str) -> bool:
    try:
        return bool(ask_json("GET", f"{url}/control/clock"))
    except OSError:
        return False


@pytest.fixture
def settings(phones, tmp_path) -> Settings:
    return load_settings({
        "SANDBOX": "1", "TELEGRAM_BASE_URL": f"{phones}/bot", "MEDIA_FOLDER": str(tmp_path / "media"),
        "PHOTO_MAX_BYTES": "400000", "VOICE_MAX_BYTES": "1000",
    })  # fmt: skip


@pytest.fixture
def fetch(settings, begin):
    """Fetch all that is due through Telegram's own way."""
    def run() -> int:
        async def download(file_id: str, at_most: int):
            telegram = Telegram(settings)
            await telegram.open()
            try:
                return await telegram.download(file_id, at_most)
            finally:
                await telegram.close()

        return fetch_due(begin, lambda *one: asyncio.run(download(*one)), settings)

    return run


def said(phones: str, **content) -> str:
    """Say it on a phone; the file's id in the update that comes of it."""
    content = {k: base64.b64encode(v).decode() if isinstance(v, bytes) else v for k, v in content.items()}
    ask_json("POST", f"{phones}/control/telegram/messages", {"chat_id": 5, **content})
    token = load_settings({"SANDBOX": "1"}).telegram_token
    update = ask_json("POST", f"{phones}/bot{token}/getUpdates", {})["result"][-1]
    ask_json("POST", f"{phones}/bot{token}/getUpdates", {"offset": update["update_id"] + 1})
    told = update["message"]
    file = told["photo"][-1] if "photo" in told else told["voice"]
    return file["file_id"]


def keep(begin, patient, kind: MediaKind, file_id: str) -> None:
    with begin() as work:
        work.session.add(Chat(
            id=5, clinic_id=patient.clinic_id, patient_id=patient.id, state=ChatState.ACTIVE,
        ))  # fmt: skip
        receive(work, patient, kind, file_id)


def the_media(begin) -> Media:
    with begin() as work:
        return work.session.exec(select(Media)).one()


def told(begin) -> list[str]:
    with begin() as work:
        return [one.key for one in work.session.exec(select(Message))]


def test_a_photo_is_kept_upright_small_and_without_its_place(phones, begin, patient, fetch, settings):
    keep(begin, patient, MediaKind.PHOTO, said(phones, photo=jpeg_with_a_past()))
    assert fetch() == 1
    media = the_media(begin)
    path = Path(settings.media_folder) / "wuhan" / f"{media.id}.jpg"
    content = path.read_bytes()
    assert (media.state, media.content_type, media.size_bytes) == ("stored", "image/jpeg", len(content))
    assert media.sha256 == hashlib.sha256(content).hexdigest()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with Image.open(path) as kept:
        assert (kept.size, dict(kept.getexif())) == ((1000, 2000), {})
        assert kept.getpixel((500, 100))[2] > 200  # blue is on top now
        assert "comment" not in kept.info
    assert all(word not in content for word in (b"Exif", b"Camera", COMMENT.encode(), b"GPS"))
    assert list(path.parent.glob("*.half")) == []
    assert fetch() == 0


def test_a_voice_note_is_kept_as_it_is(phones, begin, patient, fetch, settings):
    keep(begin, patient, MediaKind.VOICE, said(phones, voice=VOICE))
    fetch()
    media = the_media(begin)
    assert (media.state, media.content_type) == ("stored", "audio/ogg")
    assert (Path(settings.media_folder) / "wuhan" / f"{media.id}.ogg").read_bytes() == VOICE
    remove_file(settings.media_folder, media)
    assert list(Path(settings.media_folder).rglob("*.ogg")) == []


@pytest.mark.parametrize(("kind", "content", "why"), [
    ("photo", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture"),
    ("photo", b"<!doctype html><script>alert(1)</script>", "not a picture"),
    ("photo", of_format("GIF", "P"), "not a picture"),
    ("photo", jpeg_with_a_past()[:2000], "not a picture"),
    ("photo", b"x" * 400_001, "more than 400000 bytes"),
    ("voice", b"ID3" + b"x" * 90, "not a voice note"),
    ("voice", VOICE + b"x" * 1000, "more than 1000 bytes"),
])
def test_what_is_not_what_it_says_is_refused_and_the_patient_told(
    phones, begin, patient, fetch, settings, kind, content, why
):
    keep(begin, patient, MediaKind(kind), said(phones, **{kind: content}))
    fetch()
    media = the_media(begin)
    assert (media.state, media.reason.startswith(why)) == ("refused", True)
    assert told(begin) == [f"{kind}.refused"]
    assert [one for one in Path(settings.media_folder).rglob("*") if one.is_file()] == []


def test_a_file_that_telegram_does_not_know_is_refused(phones, begin, patient, fetch):
    keep(begin, patient, MediaKind.PHOTO, "unknown")
    fetch()
    assert the_media(begin).state == "refused"


def test_while_telegram_is_away_it_is_tried_again_later_and_later(begin, patient, settings, clock):
    keep(begin, patient, MediaKind.PHOTO, "a")
    away = Unavailable("away")
    waits = []
    for _ in range(4):
        assert fetch_due(begin, lambda *_one: away, settings) == 1
        assert fetch_due(begin, lambda *_one: away, settings) == 0
        waits.append((the_media(begin).next_at - clock.now).total_seconds())
        clock.now = the_media(begin).next_at
    assert waits == sorted(waits) and the_media(begin).state == "waiting"


def test_after_the_last_attempt_it_is_given_up(begin, patient, settings):
    keep(begin, patient, MediaKind.PHOTO, "a")
    with begin() as work:
        work.session.exec(select(Media)).one().attempts = ATTEMPTS
    fetch_due(begin, lambda *_one: b"", settings)
    assert "gave up" in the_media(begin).reason


def test_what_a_dead_worker_left_is_taken_up_when_its_lease_lapses(begin, patient, settings, clock):
    keep(begin, patient, MediaKind.VOICE, "a")

    def dies(*_one):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch_due(begin, dies, settings)
    assert fetch_due(begin, lambda *_one: VOICE, settings) == 0
    clock.now += LEASE + timedelta(seconds=1)
    assert fetch_due(begin, lambda *_one: VOICE, settings) == 1
    assert the_media(begin).state == "stored"


def test_a_slow_worker_does_not_write_over_what_the_next_one_settled(begin, patient, settings, clock):
    keep(begin, patient, MediaKind.VOICE, "a")

    def slow(*_one):
        clock.now += LEASE + timedelta(seconds=1)
        assert fetch_due(begin, lambda *_again: VOICE, settings) == 1
        return Refused("late")

    fetch_due(begin, slow, settings)
    assert the_media(begin).state == "stored"


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB"), ("JPEG", "L"), ("JPEG", "CMYK")])
def test_pictures_of_every_kind_become_jpeg(kind, mode):
    with Image.open(BytesIO(clean_photo(of_format(kind, mode)))) as kept:
        assert (kept.format, kept.mode) == ("JPEG", "RGB")


def test_what_was_clear_is_white():
    out = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    with Image.open(BytesIO(clean_photo(out.getvalue()))) as kept:
        assert kept.getpixel((5, 5)) == (255, 255, 255)


def test_a_picture_that_would_fill_the_memory_is_refused():
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(NotAFile):
        clean_photo(out.getvalue())


def test_a_song_is_no_voice_note():
    with pytest.raises(NotAFile):
        checked_voice(b"OggS" + b"vorbis" * 30)


def files_in(settings) -> list[Path]:
    return [one for one in Path(settings.media_folder).rglob("*") if one.is_file()]


def test_a_patient_erased_during_the_download_leaves_no_file(begin, patient, settings):
    keep(begin, patient, MediaKind.VOICE, "a")

    def meanwhile(*_one):
        with begin() as work:
            erase(work, patient.clinic_id, patient.id, "staff:1")
        return VOICE

    assert fetch_due(begin, meanwhile, settings) == 1
    assert files_in(settings) == []


def test_a_disk_that_cannot_be_written_is_tried_again_and_the_patient_not_asked(begin, patient, settings, clock):
    keep(begin, patient, MediaKind.VOICE, "a")
    Path(settings.media_folder).write_bytes(b"no folder")
    for _ in range(ATTEMPTS + 3):
        clock.now += timedelta(hours=1)
        assert fetch_due(begin, lambda *_one: VOICE, settings) == 1
    media = the_media(begin)
    assert (media.state, told(begin)) == ("waiting", [])
    assert media.reason.startswith("the file could not be written")
    Path(settings.media_folder).unlink()
    clock.now += timedelta(hours=1)
    fetch_due(begin, lambda *_one: VOICE, settings)
    assert (the_media(begin).state, len(files_in(settings))) == ("stored", 1)


def test_a_folder_that_cannot_be_made_stops_the_start_and_says_what_to_do(tmp_path):
    make_folder(str(tmp_path / "new" / "media"))
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UnsafeSettings, match="MEDIA_FOLDER .* cannot be written .*: make it, and let"):
        make_folder(str(tmp_path / "file"))
