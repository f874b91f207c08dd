# Everything one does with Parvis. `make` alone lists it.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PY := .venv/bin/python
export PYTHONUNBUFFERED := 1

.PHONY: help run reset build test test-long check bench fmt lock python node chromium

help: ## Affiche cette liste
	@echo "Parvis, le portail des familles de la commune"
	@echo
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /|/' | awk -F'|' '{ printf "  make %-10s %s\n", $$1, $$2 }'
	@echo
	@echo "Réglages : PARVIS_PORT=8080, PARVIS_VAR=/dossier/des/donnees, PARVIS_DYNAMODB_ENDPOINT, PARVIS_CHROMIUM."

run: build ## Lance le portail sur http://localhost:8000 (Ctrl-C arrête tout)
	@exec .venv/bin/parvis serve

reset: ## Efface les données de cette machine (var/)
	@if [ -x .venv/bin/parvis ]; then .venv/bin/parvis reset --yes; else rm -rf var && echo "Les données de cette machine sont effacées."; fi

build: python node ## Construit le site dans build/ (rien si rien n’a changé)
	@$(PY) -m parvis_site.build

test: build chromium ## Tout vérifie : style, types, couches, essais, navigateur
	@PARVIS_CHROMIUM="$$(scripts/prepare.sh which-chromium)" $(PY) scripts/checks.py all

test-long: build chromium ## Les essais longs (moins d’une heure)
	@PARVIS_CHROMIUM="$$(scripts/prepare.sh which-chromium)" $(PY) scripts/checks.py long

check: python node ## Vérification rapide : style, types, couches, règles
	@$(PY) scripts/checks.py fast

bench: build ## Mesure coûts et poids, à côté de leurs budgets (build/bench.json)
	@$(PY) tests/bench/run.py

fmt: python ## Met en forme le code
	@.venv/bin/ruff check --fix --quiet || true
	@.venv/bin/ruff format --quiet

lock: python node ## Fixe à nouveau les versions des bibliothèques
	@cd requirements && ../.venv/bin/uv pip compile --quiet --generate-hashes --no-header functions.in -o functions.txt
	@cd requirements && ../.venv/bin/uv pip compile --quiet --generate-hashes --no-header signatures.in -o signatures.txt
	@cd requirements && ../.venv/bin/uv pip compile --quiet --generate-hashes --no-header dev.in -o dev.txt
	@npm install --package-lock-only --ignore-scripts --no-audit --no-fund

python:
	@scripts/prepare.sh python

node:
	@scripts/prepare.sh node

chromium:
	@scripts/prepare.sh chromium
