# Every line below can be typed as it stands, once `.venv` is there.
PYTHON ?= python3
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help run test test-long lint format bench screens accessibility wheel package lock clean ready ready-dev ready-package

help: ## what can be asked for
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 12

run: ready ## open the program; without a display, print the sample's next agenda
	@packaging/start.sh

test: ready-dev ## run all tests
	.venv/bin/python -m pytest -n auto --dist worksteal

test-long: ready-dev ## run all tests with many more random examples
	HYPOTHESIS_PROFILE=long .venv/bin/python -m pytest -n auto --dist worksteal

lint: ready-dev ## check format, style, types and who may import whom
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

format: ready-dev ## put the source into its format
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

bench: ready-dev ## measure what the speed goals are about
	.venv/bin/python -m benchmarks

screens: ready-dev ## draw every page and paper of the sample into build/screens
	.venv/bin/python -m tests.screens build/screens

accessibility: ready-dev ## let axe-core look at the agendas for the website (needs Chromium, and npm once)
	.venv/bin/python -m tests.accessibility build/accessibility

wheel: ready-dev ## build the package into dist
	.venv/bin/hatchling build -t wheel

package: ready-package ## build the program without Python around it, try it, and pack it (.deb on Linux) into dist
	.venv/bin/python packaging/package.py

LOCK = PATH="$$PWD/.venv/bin:$$PATH" uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --no-annotate
lock: ready-dev ## pin the dependencies anew (needs uv); add UPGRADE=--upgrade for the newest
	$(LOCK) $(UPGRADE) pyproject.toml --extra build -o packaging/requirements.lock
	$(LOCK) $(UPGRADE) pyproject.toml --extra build --extra dev -c packaging/requirements.lock -o packaging/requirements-dev.lock
	$(LOCK) $(UPGRADE) pyproject.toml --extra build --extra package -c packaging/requirements.lock -o packaging/requirements-package.lock
	echo uv | $(LOCK) $(UPGRADE) --python-version 3.11 - -o packaging/requirements-installer.lock

clean: ## remove what the other commands made
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

ready:
	@$(PYTHON) packaging/prepare.py run

ready-dev:
	@$(PYTHON) packaging/prepare.py dev

ready-package:
	@$(PYTHON) packaging/prepare.py package
