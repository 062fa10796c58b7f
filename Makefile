# The commands that developers and the build server use. `make help` lists them.
# Everything runs from a fresh clone in any folder, and nothing but .venv, out/ and caches is written.

PYTHON ?= $(shell sh packaging/find_python.sh)
PY := .venv/bin/python
ARGS ?=
# Scripts in tests/bench, tests/fuzz and tests/soak are named bench_*.py, fuzz_*.py and soak_*.py, with test
# functions and the fixtures of tests/conftest.py. `make test` never collects them. They print what they measure.
MEASURE := $(PY) -m pytest -p no:xdist --timeout=0 -s -o python_functions="bench_* fuzz_* soak_* test_*"

.DEFAULT_GOAL := help
.PHONY: help run test check validate bench fuzz soak screenshots package lock env-run env-dev clean distclean

help: ## list these commands
	@echo 'Briefing Composer: make COMMAND [ARGS="..."]'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile | awk -F'|' '{printf "  %-12s %s\n", $$1, $$2}'
	@echo 'PYTHON=... chooses the Python (3.11 or later) that .venv is made with.'

run: env-run ## set up what is needed and open the window on the demonstration library
	$(PY) -m briefing_app demo $(ARGS)

test: check ## set up, then style, types, import rules and all tests; ARGS go to pytest
	$(PY) -m pytest -n 2 --timeout=120 $(ARGS)

check: env-dev ## style, import rules and types only
	$(PY) -m ruff check --output-format=concise .
	$(PY) -m ruff format --check .
	.venv/bin/lint-imports
	$(PY) -m mypy

validate: env-dev ## install the validators (veraPDF, Open XML SDK) and check a gallery of briefings with them
	@PYTHON=$(PY) bash packaging/setup_validators.sh >/dev/null
	$(PY) -m tests.export.gallery out/gallery

bench: env-dev ## measure speed: tests/bench/bench_*.py; ARGS go to pytest, as in ARGS="-k search"
	$(MEASURE) -o python_files="bench_*.py" tests/bench $(ARGS)

fuzz: env-dev ## throw broken input at it: tests/fuzz/fuzz_*.py
	$(MEASURE) -o python_files="fuzz_*.py" tests/fuzz $(ARGS)

soak: env-dev ## long sessions: tests/soak/soak_*.py
	$(MEASURE) -o python_files="soak_*.py" tests/soak $(ARGS)

screenshots: env-dev ## pictures of the window: all states into out/screenshots, the README's into docs/images
	$(PY) -m tests.screenshots out/screenshots --readme docs/images $(ARGS)

package: ## pack the app with all it needs into dist/, and as a .deb where dpkg-deb is there
	@$(call require_python)
	"$(PYTHON)" packaging/pack.py

lock: env-dev ## write the lock files anew from pyproject.toml; UPGRADE=1 takes newer versions
	$(PY) packaging/lock.py $(if $(UPGRADE),--upgrade)

env-run:
	@$(call require_python)
	@"$(PYTHON)" packaging/setup_env.py
	@$(PY) packaging/check_qt_libs.py

env-dev:
	@$(call require_python)
	@"$(PYTHON)" packaging/setup_env.py --dev
	@$(PY) packaging/check_qt_libs.py

clean: ## take away caches and what was built
	rm -rf build dist out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find briefing_app tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## the environment too
	rm -rf .venv .venv.lock

define require_python
test -n "$(PYTHON)" || { echo 'Python 3.11 or later is needed and was not found.' >&2; \
	echo 'On Debian 12 or later and Ubuntu 24.04 or later: apt-get install python3 python3-venv' >&2; exit 1; }
endef
