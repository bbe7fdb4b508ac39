"""/metrics for Prometheus: asked of the database at each scrape, so that any process may answer."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from flask import Response
from flask_openapi import OpenAPI
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, ProcessCollector
from prometheus_client.core import GaugeHistogramMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector
from sqlalchemy.exc import DBAPIError

from app.clock import real_now
from app.services.measures import Measures, measure
from app.work import Begin

_BUCKETS_S = (60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)  # [own] a quarter is one step


class Clockwork(Collector):
    """Alerts, messages, heartbeats and findings as they are now."""

    def __init__(self, read: Begin) -> None:
        self._read = read

    def collect(self) -> Iterator[Metric]:
        try:
            with self._read() as work:
                measures, now = measure(work), work.now
        except DBAPIError:
            yield _plain("database_up", "Whether the database answers.", 0)
            return
        yield _plain("database_up", "Whether the database answers.", 1)
        yield from _of_alerts(measures, now)
        yield from _of_messages(measures, now)
        yield from _of_processes(measures, real_now())


def _plain(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(f"gist_{name}", what, value=value)


Sample = tuple[Sequence[str], float]


def _gauge(name: str, what: str, labels: Sequence[str], samples: Iterable[Sample]) -> Metric:
    family = GaugeMetricFamily(f"gist_{name}", what, labels=labels)
    for values, value in samples:
        family.add_metric(values, value)
    return family


def _age(moment: datetime | None, now: datetime) -> float:
    return max((now - moment).total_seconds(), 0) if moment else 0


def _of_alerts(measures: Measures, now: datetime) -> Iterator[Metric]:
    yield _gauge("alerts", "Alerts that are not closed.", ("clinic", "state"),
                 measures.alerts.items())  # fmt: skip
    yield _gauge("alert_unanswered_oldest_seconds", "Since the oldest open alert was raised.",
                 ("clinic",), (((clinic,), _age(since, now))
                               for clinic, since in measures.unanswered_since.items()))  # fmt: skip
    family = GaugeHistogramMetricFamily(
        "gist_alert_acknowledge_seconds",
        "From raising to acknowledgement, of the acknowledgements of the last 7 days.",
        labels=("clinic",),
    )
    for clinic, seconds in measures.answered_in_s.items():
        family.add_metric((clinic,), _buckets(seconds), sum(seconds))
    yield family


def _buckets(seconds: Sequence[float]) -> list[tuple[str, float]]:
    """How many took at most so long."""
    inside = sorted(bisect_left(_BUCKETS_S, taken) for taken in seconds)
    bounds = [*map(str, _BUCKETS_S), "+Inf"]
    return [(bound, sum(place <= n for place in inside)) for n, bound in enumerate(bounds)]


def _of_messages(measures: Measures, now: datetime) -> Iterator[Metric]:
    yield _gauge("messages_unfinished", "Messages that are due and not finished.",
                 ("state", "channel"), measures.unfinished.items())  # fmt: skip
    yield _plain("message_due_oldest_seconds", "Since the oldest queued message was due.",
                 _age(measures.due_since, now))  # fmt: skip
    yield _gauge("operator_alarms", "Texts to the operator of the last 24 hours.",
                 ("clinic", "what"), measures.alarms.items())  # fmt: skip


def _of_processes(measures: Measures, real: datetime) -> Iterator[Metric]:
    ages = (((name,), _age(beat_at, real)) for name, beat_at in measures.beats.items())
    yield _gauge("heartbeat_age_seconds", "Since a part of the clockwork was heard.", ("name",),
                 ages)  # fmt: skip
    found = (((one.word, str(one.repaired).lower()), one.count) for one in measures.findings)
    yield _gauge("findings", "What the auditor found in its last round.", ("word", "repaired"),
                 found)  # fmt: skip


def init_metrics(app: OpenAPI, read: Begin) -> None:
    """Open like /healthz, since it holds sums only; docs/operating.md keeps it inside."""
    registry = CollectorRegistry()
    registry.register(Clockwork(read))
    ProcessCollector(registry=registry)

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
