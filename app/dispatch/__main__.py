"""`python -m app.dispatch`: at a release, make what the dispatcher of the settings needs."""

from app.dispatch import is_woken
from app.settings import load_settings


def main() -> None:
    settings = load_settings()
    if not is_woken(settings):
        print("The worker ticks: nothing is to be made.")
        return
    from app.dispatch.wakes import make_tables

    made = make_tables(settings.database_url)
    print("Procrastinate's tables are made." if made else "Procrastinate's tables are there.")


if __name__ == "__main__":
    main()
