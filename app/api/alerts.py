"""Alerts: listed, read with their life and messages, answered; and how well they are answered."""

from dataclasses import asdict
from typing import Any

from flask import request
from flask_openapi import APIBlueprint

from app.api.access import calling
from app.api.alert_bodies import AlertsQuery, MessagesQuery, RatesQuery, ReopenBody
from app.api.bodies import AcknowledgeBody, CloseBody, PatientPath, RowPath
from app.api.shown import listed, shown
from app.services.alert_list import UNCLOSED, alert_called, list_alerts
from app.services.alert_rates import alert_rates
from app.services.alert_story import story
from app.services.alerts import acknowledge, close, reopen
from app.services.decisions import plain_json
from app.services.message_history import messages_of_alert, messages_of_patient


def add_alerts(api: APIBlueprint) -> None:
    _read(api)
    _answered(api)

    @api.get("/patients/<patient_id>/messages")
    def get_messages(path: PatientPath, query: MessagesQuery) -> dict[str, Any]:
        with calling() as call:
            patient = call.patient(path.patient_id, "messages.read")
            return plain_json(
                asdict(
                    messages_of_patient(call.work, call.clinic_id, patient.id, **query.model_dump())
                )
            )


def _read(api: APIBlueprint) -> None:
    @api.get("/alerts")
    def get_alerts(query: AlertsQuery) -> dict[str, Any]:
        states = (query.state,) if query.state else UNCLOSED
        with calling() as call:
            call.audit("alerts.read")
            return listed(*list_alerts(call.work, call.clinic_id, states, query.after, query.limit))

    @api.get("/alerts/rates")
    def get_rates(query: RatesQuery) -> dict[str, Any]:
        with calling() as call:
            call.audit("alert_rates.read")
            return plain_json(asdict(alert_rates(call.work, call.clinic_id, query.days)))

    @api.get("/alerts/<id>")
    def get_alert(path: RowPath) -> dict[str, Any]:
        with calling() as call:
            alert = alert_called(call.work, call.clinic_id, path.id)
            call.patient(alert.patient_id, "alert.read")
            told = story(call.work, alert)
            messages = [asdict(one) for one in messages_of_alert(call.work, alert)]
            return {
                **shown(alert),
                "next_step": told.next and plain_json(asdict(told.next)),
                "events": [shown(one.event) for one in reversed(told.life)],
                "messages": plain_json(messages),
            }


def _answered(api: APIBlueprint) -> None:
    @api.post("/alerts/<id>/acknowledge")
    def post_acknowledge(path: RowPath) -> dict[str, Any]:
        body = AcknowledgeBody.model_validate(request.get_json(silent=True) or {})
        with calling() as call:
            by = body.by or call.caller.actor
            return shown(acknowledge(call.work, call.clinic_id, path.id, by))

    @api.post("/alerts/<id>/close")
    def post_close(path: RowPath, body: CloseBody) -> dict[str, Any]:
        with calling() as call:
            actor, what = call.caller.actor, body.disposition
            return shown(close(call.work, call.clinic_id, path.id, actor, what, body.note))

    @api.post("/alerts/<id>/reopen")
    def post_reopen(path: RowPath) -> dict[str, Any]:
        body = ReopenBody.model_validate(request.get_json(silent=True) or {})
        with calling() as call:
            actor = call.caller.actor
            return shown(reopen(call.work, call.clinic_id, path.id, actor, body.reason))
