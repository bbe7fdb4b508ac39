"""The web process: `gunicorn --preload "app.web:served()"`."""

import gc
from importlib import import_module

from flask_openapi import OpenAPI
from sqlalchemy import Engine

from app.api import init_api
from app.api.problems import invalid_body
from app.clock import Clock, clock_from
from app.database import make_engine
from app.dispatch import begin_of
from app.health import init_health
from app.media_files import make_folder
from app.metrics import init_metrics
from app.pages import init_pages
from app.settings import Settings, load_settings
from app.work import read_on

_INFO = {"title": "GIST companion", "version": "1"}
_SECURITY = {"key": {"type": "http", "scheme": "bearer"}}

# scipy and matplotlib take a second each, and the first drawing loads more.
_HEAVY = (
    "app.clinical.bayes", "app.services.cohort.report", "app.pages.cohort_pictures",
    "app.pages.cohort_pdf", "matplotlib.backends.backend_svg",
)  # fmt: skip


def served() -> OpenAPI:
    """A server's application: what a first page would wait for is loaded before it forks."""
    for name in _HEAVY:
        import_module(name)
    app = create_app()
    gc.collect()
    gc.freeze()  # what is loaded is kept for good: no later collection walks or copies it
    return app


def create_app(
    settings: Settings | None = None, engine: Engine | None = None, clock: Clock | None = None
) -> OpenAPI:
    """The API and the pages over one database and one clock."""
    settings = settings or _settings_at_start()
    engine = engine or make_engine(settings.database_url)
    clock = clock or clock_from(settings.clock_url)
    app = OpenAPI(
        "app", info=_INFO, security_schemes=_SECURITY, validation_error_callback=invalid_body,
        validation_error_status=422, doc_prefix="/api", doc_url="/openapi.json", doc_ui=True,
    )  # fmt: skip
    app.secret_key = settings.secret_key
    app.config["MAX_CONTENT_LENGTH"] = 1_000_000
    app.extensions["settings"] = settings
    app.extensions["engine"] = engine
    app.extensions["clock"] = clock
    app.extensions["begin"] = begin_of(settings, engine, clock)
    app.extensions["read"] = read_on(engine, clock)
    init_api(app)
    init_pages(app, settings)
    init_health(app)
    init_metrics(app, app.extensions["read"])
    return app


def _settings_at_start() -> Settings:
    settings = load_settings()
    make_folder(settings.media_folder)
    return settings
