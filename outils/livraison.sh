#!/usr/bin/env bash
# make release: the one file to put on a server.
source "$(dirname "${BASH_SOURCE[0]}")/socle.sh"
etape 'Vérifier les outils'
verifier_outils
construire_facade
etape 'Construire le binaire à livrer'
cargo build --locked --release -p coopole
bilan_des_etapes "$cible/release/coopole : $(du -h "$cible/release/coopole" | cut -f1)"
