# Les portes de la maison. Chacune est un script court de outils/, qui dit où il en est.
SHELL := /bin/bash
.DEFAULT_GOAL := aide
.PHONY: aide run demo-neuve test bench web release

aide: ## Cette liste
	@printf 'Coopôle : les commandes\n\n'
	@sed -nE 's/^([a-z-]+): ## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20
	@printf '\nRéglages : PORT (8080), COOPOLE_DONNEES (./var), DATABASE_URL, PG_BIN, CHROME_BIN. Voir docs/installer.md.\n'

run: ## Construire ce qui manque et servir la démonstration sur http://127.0.0.1:8080
	@exec outils/lancer.sh

demo-neuve: ## Reconstruire le monde de démonstration à son premier jour
	@exec outils/demo-neuve.sh

test: ## Tout vérifier : format, clippy, règles, parcours sur les deux bases, navigateur
	@exec outils/essais.sh

bench: ## Mesurer la vitesse et la mémoire sur les deux bases (RAPIDE=1 : en trois minutes)
	@exec outils/mesures.sh

web: ## Construire les feuilles de style et les scripts embarqués
	@exec outils/facade.sh

release: ## Construire le binaire à livrer (target/release/coopole)
	@exec outils/livraison.sh
