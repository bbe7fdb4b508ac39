"""What Twilio tells us: receipts, replies by SMS, keys pressed in a call. Signed, or refused."""

from flask import Flask, Response, request
from sqlmodel import select
from twilio.request_validator import RequestValidator
from twilio.twiml.messaging_response import MessagingResponse
from werkzeug.exceptions import Forbidden

from app.api.access import begin_work, settings
from app.senders.twilio_wire import address
from app.senders.voice import KEY_PATH, asking, saying
from app.services.messages import receipt
from app.services.reaching import text_failed
from app.services.staff_calls import answer_call
from app.services.staff_replies import answer_reply
from app.texts import Reader, language_of, say
from app.work import Work
from models import Staff


def add_twilio(app: Flask) -> None:
    @app.post("/api/v1/twilio/status")
    def post_status() -> tuple[str, int]:
        form = _signed()
        with begin_work()() as work:
            reference = request.args.get("message", "")
            sid = form.get("MessageSid") or form.get("CallSid", "")
            status = form.get("MessageStatus") or form.get("CallStatus", "")
            failed = receipt(work, sid, status, form.get("ErrorCode"), reference)
            if failed:
                text_failed(work, failed)
        return "", 204

    @app.post("/api/v1/twilio/inbound")
    def post_inbound() -> Response:
        form = _signed()
        phone = form.get("From", "")
        with begin_work()() as work:
            key = answer_reply(work, phone, form.get("Body", ""))
            words = say(key, _reader(work, phone))
        twiml = MessagingResponse()
        twiml.message(words)
        return Response(str(twiml), content_type="application/xml")

    @app.post("/api/v1/twilio/voice")
    def post_voice() -> Response:
        form = _signed()
        reference, time = request.args.get("message", ""), request.args.get("time", 1, type=int)
        with begin_work()() as work:
            spoken = answer_call(work, reference, form.get("Digits", ""), time)
        again = f"{address(settings(), KEY_PATH, reference)}&time={time + 1}"
        twiml = asking(spoken.words, again) if spoken.asks else saying(spoken.words)
        return Response(twiml, content_type="application/xml")


def _signed() -> dict[str, str]:
    """The form, if Twilio signed it for our public address. Raises Forbidden."""
    form = request.form.to_dict()
    url = settings().public_url + request.full_path.rstrip("?")
    signature = request.headers.get("X-Twilio-Signature", "")
    if not RequestValidator(settings().twilio_auth_token).validate(url, form, signature):
        raise Forbidden("The signature is not Twilio's for this address.")
    return form


def _reader(work: Work, phone: str) -> Reader:
    staff = work.session.exec(select(Staff).where(Staff.phone == phone)).first()
    return Reader(language_of(staff.language if staff else "zh-CN"), "UTC")
