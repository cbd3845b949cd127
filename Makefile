# Every command a person or a machine needs; `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help install install-dev run test pictures check bench shape docs lock format
PY := .venv/bin/python

help: ## this list
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: ## virtual environment with .venv/bin/trekker
	@bin/bootstrap base

install-dev: ## the same with the tools to build and test, and Chromium
	@bin/bootstrap dev

run: install ## the platform with demo data at http://127.0.0.1:8000
	@.venv/bin/trekker demo
	@.venv/bin/trekker serve

test: install-dev ## everything that must hold, on SQLite and on PostgreSQL
	@bin/test

pictures: install-dev ## every screen that a journey opens, as a picture in var/screenshots
	@TREKKER_PICTURES=1 TREKKER_BROWSER_REQUIRED=1 $(PY) -m pytest -q -n 2 -m journey

check: install-dev ## format, lint, types, imports, templates, migrations
	@bin/check

format: install-dev ## write the code in the one format
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix . && .venv/bin/djlint --reformat --quiet trekker

bench: install-dev ## speed, as ratios against a floor measured in the same run
	@$(PY) -m tests.load

docs: install ## write docs/measures.md and docs/states.md again from the code
	@.venv/bin/trekker measures --markdown > docs/measures.md
	@.venv/bin/trekker states > docs/states.md

lock: install ## refresh the hash-locked requirement files
	@bin/lock

shape: ## the twenty largest files
	@git ls-files '*.py' '*.html' '*.css' '*.js' | grep -v /migrations/ | xargs wc -l | sort -rn | sed 1d | head -20
