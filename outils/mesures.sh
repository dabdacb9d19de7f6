#!/usr/bin/env bash
# make bench: our own load program, release build, on SQLite and on a PostgreSQL
# that writes to disk like a real one. Arguments go to the program.
source "$(dirname "${BASH_SOURCE[0]}")/socle.sh"
etape 'Vérifier les outils'
verifier_outils
construire_facade
installer_npm e2e 'les outils d’essai'
etape 'Mesurer'
PG_DURABLE=1 outils/avec-postgres.sh cargo bench --locked -p coopole --bench charge -- "$@"
bilan_des_etapes 'Mesures faites.'
