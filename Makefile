# e-Cluster. `make` alone lists what it can do.

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
DATA ?= var

bin := .venv/bin
environment := .venv/made-from-the-lock
translations := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po locale/*/*/LC_MESSAGES/django.po))
ready := $(environment) $(translations)
lock := $(bin)/uv pip compile --quiet --python-version 3.11 --generate-hashes --no-header --no-annotate pyproject.toml
manage := $(bin)/python manage.py
# What production sets, for the checks that look at it (docs/operations.md).
production := DEBUG=off DEMO=off SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(60))') ALLOWED_HOSTS=portal.example

.PHONY: help run test test-postgres check fix bench seed translate lock

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*##/make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

run: $(ready)  ## start the portal with its demo (PORT=8000 HOST=127.0.0.1 DATA=var)
	DEBUG=on DEMO=on DATA_DIR=$(abspath $(DATA)) $(manage) run_portal --host $(HOST) --port $(PORT)

test: $(ready)  ## run all tests on SQLite, those in a browser too where a Chromium is found
	$(bin)/pytest -n auto --dist loadfile

test-postgres: $(ready)  ## run all tests on a private PostgreSQL server
	$(bin)/python tests/on_postgres.py $(bin)/pytest -n auto --dist loadfile

check: $(ready)  ## style, types, layers, migrations, translations, production settings
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	DEBUG=on $(bin)/mypy ecluster members equipment reports
	$(bin)/lint-imports
	DEBUG=on $(manage) makemigrations --check --dry-run
	DEBUG=on $(manage) check_translations
	$(production) $(manage) check --deploy --fail-level WARNING

fix: $(environment)  ## put imports and layout right
	$(bin)/ruff check --fix .
	$(bin)/ruff format .

bench: $(ready)  ## measure the pages against their bars
	$(bin)/python tests/on_postgres.py $(bin)/python -m bench

seed: $(ready)  ## build the demo in a database that has none (DATA=var)
	DEBUG=on DEMO=on DATA_DIR=$(abspath $(DATA)) $(manage) seed_demo

translate: $(environment)  ## bring locale/ up to date with the code (needs gettext)
	DEBUG=on $(manage) makemessages --locale ko --no-wrap --no-obsolete --add-location file \
	  --ignore .venv --ignore var --ignore staticfiles --ignore node_modules --ignore tests --ignore bench --ignore docs

lock: $(environment)  ## resolve the dependencies anew
	$(lock) --upgrade --output-file requirements.txt
	$(lock) --upgrade --group dev --output-file requirements-dev.txt

$(environment): requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "e-Cluster needs Python 3.11 or newer; name one with make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(bin)/python -m pip install --quiet --disable-pip-version-check uv \
	  && $(bin)/uv pip sync --quiet --python $(bin)/python $< \
	  || $(bin)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

%.mo: %.po | $(environment)
	$(bin)/pybabel --quiet compile --input-file $< --output-file $@
