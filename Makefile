# The only commands to learn. `make demo` shows it; `make test` tests it.

PYTHON ?= python3
PORT ?= 8000
SERVE ?= 1
MINUTES ?= 9
V := .venv/bin
PYTEST := $(V)/python -m pytest -n 2
SETUP := $(PYTHON) tools/setup.py
export PORT SERVE

.PHONY: help demo test test-fast test-all test-longer check fix assets docs bench bench-quick soak wheel locks clean python dev peers

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 20

python:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing: run \`sudo apt install python3 python3-venv\`, then try again." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, and $(PYTHON) is older: install one and run make again with, for example, PYTHON=python3.12." >&2; exit 1; }

dev: python
	@$(SETUP) dev

peers: python
	@$(SETUP) bench

demo: python ## set up, load the real Oxfordshire and serve it (PORT=8000, SERVE=0 stops before serving)
	@$(SETUP) demo

assets: python ## build the front end
	@$(SETUP) assets

test: dev assets ## test everything on SQLite, and what could differ on PostgreSQL (at most 10 minutes)
	$(PYTEST) -m "not axe_matrix and not lengthy"
	WAYWARDEN_TEST_STORE=postgresql $(PYTEST) -m "postgres and not axe and not axe_matrix and not lengthy"

test-fast: dev ## test the rules and the data: no database, a few seconds
	$(V)/python -m pytest $(wildcard tests/rules tests/planner tests/data) src/waywarden/rules src/waywarden/planner

test-all: dev assets ## test everything on SQLite, on PostgreSQL but what is left to test-longer, and every page at every width
	$(PYTEST) -m "not whole_site" --cov --cov-report=term
	$(PYTEST) -m whole_site
	WAYWARDEN_TEST_STORE=postgresql $(PYTEST) -m "not axe and not axe_matrix and (postgres or not (from_outside or lengthy))"

test-longer: dev assets ## test on PostgreSQL what is lengthy or comes from outside, and every right and every leak there could be
	WAYWARDEN_TEST_STORE=postgresql $(PYTEST) -m "(from_outside or lengthy) and not postgres and not axe and not axe_matrix"
	WAYWARDEN_SOAK=1 $(PYTEST) tests/permissions/test_matrix.py tests/permissions/test_seeded_leaks.py

check: dev ## lint, lay-out, types, arrows between rooms, migrations, templates, locks
	$(V)/ruff check
	$(V)/ruff format --check
	$(V)/mypy
	$(V)/lint-imports
	$(V)/python manage.py makemigrations --check --dry-run
	$(V)/python tools/templates.py --check
	$(V)/python tools/locks.py --check
	$(V)/python -m tools.docs --check

fix: dev ## put right what can be put right by machine
	$(V)/ruff check --fix
	$(V)/ruff format
	$(V)/python tools/templates.py
	$(V)/python -m tools.docs

docs: dev ## write again the pages of docs/ that are made from the code
	$(V)/python -m tools.docs

bench: peers assets ## measure for MINUTES=9 (0: to the end), going on where it was cut, and write the pages
	$(V)/python -m benchmarks --minutes $(MINUTES)
	$(V)/python -m benchmarks --page

bench-quick: peers assets ## measure a few of all, one seed each (at most eight minutes)
	$(V)/python -m benchmarks --quick --minutes 7.5

soak: dev assets ## try kills, races and double presses for MINUTES=9 (0: to the end), going on where it was cut
	$(V)/python -m soak --minutes $(MINUTES)
	$(V)/python -m soak --page

wheel: dev assets ## build the wheel into dist/
	$(V)/python -m hatchling build -t wheel

locks: dev ## resolve the locks again from pyproject.toml
	$(V)/python tools/locks.py

clean: ## remove what was built; your data in var/ stays
	rm -rf .venv node_modules dist build .coverage* htmlcov .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache test-results src/waywarden/website/static/website/vendor
