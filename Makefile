# Every target prepares .venv by itself. To choose a Python: make demo PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
PINS := pyproject.toml constraints.txt
YEARS ?= 10
SEED ?= 1
# What is compiled is kept in .venv, also where the environment keeps nothing: pytest's own compiling takes long.
PYTEST := PYTHONDONTWRITEBYTECODE= PYTHONPYCACHEPREFIX=$(CURDIR)/.venv/compiled $(BIN)/python -m pytest -n 2

.DEFAULT_GOAL := help
.PHONY: help demo serve test check soak simulate bench format clean

help:  ## This list
	@sed -n 's/^\([a-z]*\):[^#]*## /make \1|/p' Makefile | column -t -s '|' 2>/dev/null || grep '## ' Makefile

demo: .venv/runs  ## Try it: both sides of a 1-on-1 in your browser, nothing to sign up for
	@$(BIN)/oneonone demo

serve: .venv/runs  ## Run the bot with the settings of the environment
	@$(BIN)/oneonone serve

test: .venv/develops  ## Every test but the long ones; needs Python only
	$(PYTEST) -m "not soak"

check: .venv/develops  ## Format, lint, types, the arrows between packages, migrations against models
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m storage.migrations.check

soak: .venv/develops  ## The long proofs: crashes, races, hostile input, volumes
	$(PYTEST) --dist loadgroup -m soak --hypothesis-profile=soak

simulate: .venv/develops  ## Years of a company with faulty platforms and dying processes: make simulate YEARS=100 SEED=7
	@$(BIN)/python -m tests.simulation --years $(YEARS) --seed $(SEED)

bench: .venv/develops  ## How quick, beside bare handlers and statements; takes an hour
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group bench
	$(BIN)/python -m benchmarks.ack
	$(BIN)/python -m benchmarks.delivery
	$(BIN)/python -m benchmarks.people
	$(BIN)/python -m benchmarks.people_moves
	$(BIN)/python -m benchmarks.topics
	$(BIN)/python -m benchmarks.suggesting
	$(BIN)/python -m benchmarks.insights

format: .venv/develops  ## Put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:  ## Remove .venv and caches; never a database
	rm -rf .venv build dist .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One stamp a step, so that an interrupted step is done again.
.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "OneOnOne needs Python 3.11 or newer, and '$(PYTHON)' is not. Name one that is: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { \
	  echo "Python could not make .venv. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@touch $@

.venv/runs: .venv/made $(PINS)
	@echo "Preparing .venv (about a minute, once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

# Dependency groups need pip 25.1, which is newer than the one that many systems bring.
.venv/develops: .venv/runs
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt --group dev
	@touch $@
