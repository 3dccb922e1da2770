# Two commands do everything: `make demo` and `make test`. Each sets up what it needs first.
PYTHON ?= python3
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS = never
export PYTHONHASHSEED = 0

ON_POSTGRES := $(addprefix tests/web/test_,races.py audit.py backup.py booking.py authorisation.py waiting_list.py referrals.py reminders.py)
KNOWLEDGE := $(shell find src/reable/knowledge src/reable/understand -name '*.yaml' -o -name '*.csv' -o -name '*.py')

.DEFAULT_GOAL := help
.PHONY: help setup demo test check fix bench prove knowledge lock spec assets pictures messages postgres

help: ## what each command does
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

.venv/.uv: requirements/uv.txt
	@echo "== a virtual environment of its own (.venv)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Reable needs Python 3.11 or newer; this is %d.%d. Try: make PYTHON=python3.11 setup" % sys.version_info[:2])'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/.run: .venv/.uv requirements/run.txt pyproject.toml
	@echo "== packages that Reable runs with"
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/run.txt
	@$(BIN)/python -c "import pathlib, sysconfig; pathlib.Path(sysconfig.get_path('purelib'), 'reable.pth').write_text(str(pathlib.Path('src').resolve()))"
	@printf '#!/bin/sh\nexec "$$(dirname "$$(readlink -f "$$0")")/python" -m reable "$$@"\n' > $(BIN)/reable
	@chmod +x $(BIN)/reable
	@touch $@

.venv/.dev: .venv/.knowledge .venv/.messages requirements/dev.txt
	@echo "== packages for tests and checks"
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@touch $@

.venv/.knowledge: .venv/.run $(KNOWLEDGE)
	@echo "== knowledge, checked and compiled"
	@$(BIN)/reable knowledge compile
	@touch $@

MESSAGES := $(wildcard src/reable/web/locale/*/LC_MESSAGES/django.po)

.venv/.messages: .venv/.run $(MESSAGES)
	@echo "== messages in Spanish, compiled"
	@$(BIN)/pybabel -q compile -D django -d src/reable/web/locale
	@touch $@

setup: .venv/.knowledge .venv/.messages ## everything needed to run; leaves .venv/bin/reable

demo: setup ## set up from nothing, show the main job and open a running clinic with made-up people
	@$(BIN)/reable demo

test: .venv/.dev check ## set up, check and run all tests (SQLite, then what matters on PostgreSQL)
	@echo "== tests"
	@$(BIN)/python -m pytest -n 2 --cov --cov-report=term-missing:skip-covered
	@$(BIN)/python -m coverage report --include='*/navigate/danger.py,*/navigate/recommendation.py,*/reable/book/*' --fail-under=100 > /dev/null
	@$(MAKE) --no-print-directory postgres

postgres: .venv/.dev ## the tests of the database again, on a throw-away PostgreSQL
	@echo "== the same on PostgreSQL"
	@if address=$$(PG_PORT=5439 tests/web/postgres.sh start); then \
	  REABLE_DATABASE=$$address $(BIN)/python -m pytest -q -p no:cacheprovider $(ON_POSTGRES); result=$$?; \
	  PG_PORT=5439 tests/web/postgres.sh stop; exit $$result; \
	elif [ -n "$$REQUIRE_POSTGRES" ]; then exit 1; \
	else echo "SKIPPED: there is no PostgreSQL server here, so nothing was tested on it"; fi

check: .venv/.dev ## lint, types, layers, knowledge
	@echo "== ruff" && $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "== mypy" && $(BIN)/mypy
	@echo "== layers" && PYTHONPATH=src $(BIN)/lint-imports --no-cache
	@echo "== knowledge" && $(BIN)/reable knowledge check --icd10

fix: .venv/.dev ## mend what can be mended by itself
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

spec: .venv/.dev ## print the specification
	@$(BIN)/python -m pytest tests/spec -v --no-header -q

bench: .venv/.dev ## print agreement, danger recall, speed, load time, memory
	@$(BIN)/python -m bench

prove: .venv/.dev ## the full counts: hostile texts, verifications, mutations (ten minutes); writes docs/proof/results.json
	@$(BIN)/python -m bench.prove

knowledge: setup ## check and compile the knowledge after editing it
	@$(BIN)/reable knowledge stats

assets: ## rebuild the style sheet (needs Node; what is built is committed)
	@cd assets && npm ci && npm run build

pictures: .venv/.dev ## screenshots of every page, phone and desktop, into build/pictures
	@$(BIN)/python tools/pictures.py

messages: .venv/.dev ## collect the texts of the pages for translation (needs gettext)
	@cd src/reable/web && DJANGO_SETTINGS_MODULE=reable.web.settings.test ../../../$(BIN)/python -m django makemessages -l es --no-wrap --add-location file

lock: .venv/.uv ## renew the lock files
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" pyproject.toml -o requirements/run.txt
	@$(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" pyproject.toml --group dev -o requirements/dev.txt
