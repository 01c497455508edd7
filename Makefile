# Two commands on a fresh machine: `make play` and `make test`. Needs Python 3.11 and make.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
SAY := >&2 echo
PIN := uv pip compile --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --quiet pyproject.toml
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r

.PHONY: help play run dev test check format bench kill proofs gallery pins clean
.DEFAULT_GOAL := help

help:
	@echo "make play     play in the terminal       make test     run the tests"
	@echo "make run      run the bots of .env       make check    format, lint, types, contracts, questions, tests"
	@echo "make bench    print ratios               make kill     the long crash proofs"
	@echo "make proofs   the long proofs of clocks, learning, deliveries"

$(BIN)/python:
	@$(SAY) "Setting up $(VENV) with $(PYTHON) ..."
	@$(PYTHON) -m venv $(VENV)

# each stamp is the fingerprint of what was installed; a larger set satisfies a smaller one
$(VENV)/play.stamp: requirements/play.txt | $(BIN)/python
	@if [ ! -e $(VENV)/dev.stamp ] && [ ! -e $(VENV)/run.stamp ]; then $(SAY) "Installing what the terminal needs ..."; $(INSTALL) requirements/play.txt >&2; fi
	@$(BIN)/python tools/link.py
	@touch $@

$(VENV)/run.stamp: requirements/run.txt | $(BIN)/python
	@$(SAY) "Installing what Slack, Discord and PostgreSQL need ..."
	@$(INSTALL) requirements/run.txt >&2
	@$(BIN)/python tools/link.py
	@touch $@ $(VENV)/play.stamp

$(VENV)/dev.stamp: requirements/dev.txt | $(BIN)/python
	@$(SAY) "Installing what the tests need ..."
	@$(INSTALL) requirements/dev.txt >&2
	@$(BIN)/python tools/link.py
	@touch $@ $(VENV)/play.stamp $(VENV)/run.stamp

play: $(VENV)/play.stamp
	@$(BIN)/sparring play

run: $(VENV)/run.stamp
	@$(BIN)/sparring run

dev: $(VENV)/dev.stamp

# modules are compiled once, not in each of the hundred processes that tests start
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sparring questions check
	$(BIN)/sparring questions prove
	$(BIN)/sparring questions tells
	@$(MAKE) --no-print-directory test

format: $(VENV)/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/dev.stamp
	$(BIN)/python -m bench $(ARGS)

kill: $(VENV)/dev.stamp
	$(BIN)/python -m tests.killing.kill 100
	$(BIN)/python -m tests.killing.migrate 50
	$(BIN)/python -m tests.games.kill 20
	$(BIN)/python -m tests.killing.dailies 100
	RACES=20 $(BIN)/python -m pytest -q tests/races
	STEPS=2000 $(BIN)/python -m pytest -q tests/storage/test_ranks.py

proofs: $(VENV)/dev.stamp
	$(BIN)/python -m tests.daily.sweep
	$(BIN)/python -m tests.streaks.histories 100000
	$(BIN)/python -m tests.learning.steps 100000
	$(BIN)/python -m tests.learning.keys 1200
	$(BIN)/python -m tests.learning.persona databases 30
	$(BIN)/python -m tests.daily.history
	$(BIN)/python -m tests.daily.redelivery
	$(BIN)/python -m tests.appeals.repair 10000
	WHOLE=1 $(BIN)/python -m pytest -q tests/parity/test_run.py
	$(BIN)/python -m tests.adapters.slack.storm 1000
	$(BIN)/python -m tests.adapters.discord.storm 1000 1

# pictures of docs/gallery; needs `chromium` on the PATH
gallery: $(VENV)/dev.stamp
	@$(INSTALL) requirements/gallery.txt >&2
	$(BIN)/python -m tests.pictures

# pins all requirements anew; needs uv
pins:
	$(PIN) -o requirements/play.txt
	$(PIN) --extra discord --extra slack --extra postgres -o requirements/run.txt
	$(PIN) --extra discord --extra slack --extra postgres --extra dev -o requirements/dev.txt
	$(PIN) --extra discord --extra slack --extra postgres --extra dev --extra gallery -o requirements/gallery.txt

clean:
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache
