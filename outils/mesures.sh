#!/usr/bin/env bash
# make bench: the load program, on SQLite and on a PostgreSQL of its own whose writes
# reach the disk. RAPIDE=1 shortens each load; the other words go to the program.
source "$(dirname "${BASH_SOURCE[0]}")/socle.sh"
mots=("$@")
[ "${RAPIDE:-}" = 1 ] && mots+=(--rapide)

etape 'Vérifier les outils'
verifier_outils
construire_facade
installer_npm e2e 'les outils d’essai, dont PostgreSQL'
etape 'Construire le programme de charge (profil « bench » : celui que l’on livre, sans l’optimisation au lien)'
cargo bench --locked -p coopole --bench charge --no-run
etape 'Mesurer'
PG_DURABLE=1 outils/avec-postgres.sh cargo bench --locked -p coopole --bench charge -- "${mots[@]}"
bilan_des_etapes 'Les mesures sont faites.'
