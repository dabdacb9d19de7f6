#!/usr/bin/env bash
# make demo-neuve: the invented world back to its first day.
source "$(dirname "${BASH_SOURCE[0]}")/socle.sh"
etape 'Vérifier les outils'
verifier_outils
construire_facade
etape 'Construire ce qui a changé'
cargo build --locked -p coopole
etape 'Reconstruire le monde de démonstration'
"$cible/debug/coopole" demo --neuve
clore_etape
printf '\nLe monde est à son premier jour. « make run » l’ouvre.\n'
