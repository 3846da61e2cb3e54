# Each target does all its own set-up in .venv: a machine needs Python 3.11 or newer and make, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: leaflets test lint bench clean

leaflets: $(VENV)/run.stamp  ## render the built-in topic in every locale, all causes and each cause, into output/
	$(BIN)/handouts render --cause each --locale all -o output

test: $(VENV)/test.stamp lint  ## lint, types, layers and every test
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/bench.stamp  ## the same leaflet by handouts, Typst, WeasyPrint and Platypus, side by side
	$(BIN)/python -m tests.bench

$(VENV)/run.stamp: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade "pip>=25.1"
	$(PIP) install --quiet --editable .
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp
	$(PIP) install --quiet --group test
	@touch $@

$(VENV)/bench.stamp: $(VENV)/run.stamp
	$(PIP) install --quiet --group bench
	@touch $@

clean:
	rm -rf $(VENV) build dist output/*.pdf
