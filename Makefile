# make chat [ARTICLES=folder]   set up, index, open the chat window
# make test                     set up, then every check
# Needs Python 3.11 or newer, and nothing else.

PYTHON ?= python3
PORT ?= 7860
INDEX ?= index
ARTICLES ?=

venv := .venv
bin := $(venv)/bin
stamp := $(venv)/installed
model := $(venv)/model
parser := $(venv)/parser

.DEFAULT_GOAL := help
.PHONY: help install chat test lint clean

help:
	@sed -n 's/^# //p' Makefile

install: $(stamp) $(model) $(parser)

$(stamp): pyproject.toml constraints.txt
	@echo "Setting up Python packages in $(venv) (about a minute the first time)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "dateline needs Python 3.11 or newer; run: make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -m venv $(venv)
	@began=$$(date +%s); \
	$(bin)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]' \
		&& touch $(stamp) && echo "Packages are there ($$(( $$(date +%s) - began )) s)"

$(model): $(stamp)
	@echo "Fetching the embedding model (90 MB, once)"
	@began=$$(date +%s); \
	$(bin)/python -m dateline.index.minilm && touch $(model) && echo "The model is there ($$(( $$(date +%s) - began )) s)" \
		|| echo "Going on without it: search will use words only, and say so"

$(parser): $(stamp)
	@echo "Fetching the parser (13 MB, once)"
	@$(bin)/python -m dateline.text && touch $(parser) && echo "The parser is there" \
		|| echo "Going on without it: answers will say so"

chat: install
	@echo "Indexing $(if $(ARTICLES),$(ARTICLES),the sample articles)"
	@$(bin)/dateline index $(if $(ARTICLES),"$(ARTICLES)",--sample) --index "$(INDEX)"
	@echo "Starting the chat (a few seconds); stop it with Ctrl-C"
	@$(bin)/dateline chat --index "$(INDEX)" --port $(PORT)

test: install lint
	$(bin)/pytest --numprocesses=auto

lint: install
	$(bin)/ruff format --check .
	$(bin)/ruff check .
	$(bin)/mypy
	$(bin)/lint-imports

clean:
	rm -rf $(venv) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
