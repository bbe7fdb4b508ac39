.DEFAULT_GOAL := help
PYTHON ?= python3.11
BIN := .venv/bin
.PHONY: help run test check bench kills rehearsal taps diagram triage learn mutation migration

help: ## list what make can do
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

.venv/run: requirements.lock
	@$(PYTHON) -m venv .venv
	@echo "installing (once, about a minute) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements.lock
	@touch $@

.venv/dev: requirements-dev.lock .venv/run
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.venv/mutation: requirements-mutation.txt .venv/dev
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-mutation.txt
	@touch $@

run: .venv/run ## start the clinic, the bot and both phones with demo data
	@PATH="$(CURDIR)/$(BIN):$$PATH" python run_sandbox.py

test: .venv/dev ## every test, on SQLite and on PostgreSQL where one answers
	@$(BIN)/python -m pytest -n 2 --dist worksteal -m "not story and not rehearsal"
	@$(BIN)/python -m pytest -m story
	@$(BIN)/python -m pytest -m rehearsal

check: .venv/dev ## style, types, and who may import whom
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

bench: .venv/dev ## every arm beside its floor in one run, written to bench/RESULTS.md
	@$(BIN)/python -m bench

kills: .venv/dev ## 5 000 messages while 200 workers are killed, on both databases (some minutes)
	@$(BIN)/python -m bench.kills $(if $(only),--only $(only))

rehearsal: .venv/dev ## a virtual cohort of a year: make rehearsal seed=7 patients=200 days=365 fault=
	@$(BIN)/python -m rehearsal seed=$(seed) patients=$(patients) days=$(days) fault=$(fault)

taps: .venv/dev ## taps and seconds of reading for each thing a patient does
	@$(BIN)/python -m bench.taps

diagram: .venv/dev ## draw each flow of the bot, for a clinic to review: docs/flows
	@$(BIN)/python -m bench.diagram

triage: .venv/dev ## how well free text is read, on labelled phrases
	@$(BIN)/python -m bench.triage

learn: .venv/dev ## fit the second reading of free text to the written phrases
	@$(BIN)/python -m bench.learn

mutation: .venv/mutation ## small changes of the clinical core that no test notices (half an hour)
	@$(BIN)/python -m bench.mutation $(only)

migration: .venv/dev ## write a migration from the tables: make migration name="what changes"
	@$(BIN)/alembic revision --autogenerate -m "$(name)"
