# `make` shows what there is. Two variables say where the things go that are set up once:
VENV ?= .venv
PULUMI_BIN ?= tools/pulumi/bin
override VENV := $(abspath $(VENV))
override PULUMI_BIN := $(abspath $(PULUMI_BIN))
export VENV PULUMI_BIN

PYTHON := $(VENV)/bin/python

# What `make test` runs again over HTTP, through the proxy (which adds TLS and AWS's addresses to it), and on the newest
# Python; `make test-all` runs all that can go there. `pytest --transport` takes any tests.
CORE := $(addprefix tests/unit/test_,client.py lost_replies.py lifecycle.py roster_partial.py)
PROXIED := $(addprefix tests/unit/test_,client.py lost_replies.py)
NEWEST := tests/unit/test_client.py tests/unit/test_lifecycle.py tests/unit/test_engine.py tests/unit/test_side_by_side.py \
	tests/marketplace/storage/test_database.py
SPREAD := -n 2 --dist worksteal
# The marketplace on PostgreSQL, in short: an aggregate of each kind; `make test-all` runs all of its tests on it. Where
# it is not installed its programs are those of a wheel; where it can't be started these are skipped, and say so.
ON_SERVER := $(addprefix tests/marketplace/,api/test_hit_operations.py api/test_qualification_operations.py \
	api/test_assignment_operations.py api/test_pagination.py web/test_pages.py)
# What leans on what we have to find in the SDK: its frames, and code that is put in place of its own.
IN_THE_SDK := tests/unit/test_engine.py tests/unit/test_dynamic_adapter.py tests/unit/test_route.py \
	tests/plugin/test_servicer.py tests/plugin/test_wire.py

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-down test test-all test-newest test-long test-oldest check lint types layers fresh format \
	generate docs pictures bench reliability clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  Start with \`make demo\`. To run any command with the virtual environment and the Pulumi CLI on PATH:"
	@echo "  tools/run pulumi preview. VENV=… and PULUMI_BIN=… place the two elsewhere than in .venv and tools/pulumi/bin."

setup: ## virtual environment, package and Pulumi CLI: whatever is missing (the others do it by themselves)
	@tools/venv
	@$(PYTHON) tools/pulumi/get.py setup >/dev/null

demo: setup ## a study's stack on the embedded marketplace: no account, no server, no question asked
	@tools/run tools/demo up

demo-down: setup ## destroy the demo's stack, and show what is left
	@tools/run tools/demo down

test: check ## everything that decides: check, then unit, property, CLI and package tests (test-all: the slow ones too)
	@tools/clients
	@tools/browser
	@tools/run pytest $(SPREAD) -m "not slow"
	@tools/run pytest $(SPREAD) --shell plugin -m "both_shells" tests/cli
	@tools/run pytest $(SPREAD) -rs --engine postgresql -m "not slow" $(ON_SERVER)
	@tools/run pytest $(SPREAD) --transport http $(CORE)
	@tools/run pytest $(SPREAD) --transport proxy $(PROXIED)
	@tools/oldest pytest $(SPREAD) $(IN_THE_SDK)
	@tools/newest pytest $(SPREAD) $(NEWEST)

test-all: test test-newest ## test, and what takes longer than a change can wait for
	@tools/policies
	@HYPOTHESIS_PROFILE=thorough tools/run pytest $(SPREAD) -m "slow or (hypothesis and not cli)"
	@tools/run pytest $(SPREAD) --shell plugin tests/cli
	@tools/run pytest $(SPREAD) -rs --engine postgresql tests/marketplace tests/cli/test_worker_block.py
	@tools/run pytest $(SPREAD) --transport proxy $(CORE)
	@tools/run pytest $(SPREAD) --transport http -m "not cli" tests/unit tests/property

test-newest: setup ## unit and property tests on the newest Python of this machine that is supported
	@tools/newest pytest $(SPREAD) -m "not cli" tests/unit tests/property

test-long: setup ## the marketplace against the model of its documents: 2,000 runs of 100 steps
	@HYPOTHESIS_PROFILE=long tools/run pytest tests/marketplace/test_stateful.py

test-oldest: setup ## tests of the core, and of what we have to find in the SDK, with the oldest versions allowed
	@tools/oldest pytest $(SPREAD) tests/unit tests/cli/test_roster_partial.py tests/cli/test_roster_interrupted.py

check: setup ## format, lint, types, layers, and whether generated files are fresh
	@$(MAKE) --no-print-directory --jobs 2 --output-sync lint types layers fresh

lint types layers fresh: setup
lint:
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
types:
	@$(VENV)/bin/mypy
layers:
	@$(VENV)/bin/lint-imports
fresh:
	@tools/run python -m tools.generate --check

format: setup ## format the code and mend what the linter can
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix .

generate: setup ## write schema.json and the other generated files and pages anew
	@tools/run python -m tools.generate

docs: setup ## the documentation as a site, in docs/_build; nothing of it is loaded from elsewhere
	@$(PYTHON) -m sphinx --nitpicky --fail-on-warning --keep-going --quiet docs docs/_build
	@echo "Open docs/_build/index.html"

pictures: setup ## make the pictures of the documentation anew, from real runs
	@tools/browser
	@tools/run python -m tools.pictures

bench: setup ## measure what the provider and its rosters cost, and what the marketplace can take (20 minutes)
	@tools/venv bench
	@tools/run python -m benchmarks

reliability: setup ## measure what docs/reliability.md says, in its long form (about three hours)
	@tools/run python -m tests.reliability

clean: ## remove the demo and all caches; the virtual environment and the CLI stay
	@rm -rf .demo .hypothesis .pytest_cache .mypy_cache .ruff_cache .import_linter_cache build dist docs/_build
	@find . -path ./.venv -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +
