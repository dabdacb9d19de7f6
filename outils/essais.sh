#!/usr/bin/env bash
# make test: everything, in the order that fails soonest. Nothing is ever skipped:
# a database or a browser that does not start is a failure.
source "$(dirname "${BASH_SOURCE[0]}")/socle.sh"

dire_ou() {
    local code=$?
    [ $code -eq 0 ] || printf '\nArrêt pendant l’étape « %s », après %d s (code %d).\n' "$etape_nom" "$SECONDS" "$code" >&2
}
trap dire_ou EXIT

etape 'Vérifier les outils'
verifier_outils
verifier_controles
etape 'Vérifier la mise en forme (cargo fmt)'
cargo fmt --all --check
construire_facade
etape 'Relire le code (clippy)'
cargo clippy --locked --workspace --all-targets -- -D warnings
installer_npm e2e 'les outils d’essai'
ecrire_en_memoire
etape 'Essayer les règles et les parcours, sur SQLite et sur PostgreSQL'
# One more than there are processors: some wait for PostgreSQL.
export RUST_TEST_THREADS=${RUST_TEST_THREADS:-$(($(nproc) + 1))}
outils/avec-postgres.sh cargo test --locked --workspace --no-fail-fast
etape 'Construire le binaire des parcours'
cargo build --locked -p coopole
etape 'Suivre les parcours dans un navigateur'
node e2e/navigateur.mjs
node --test --test-reporter=spec --test-concurrency=2 --test-timeout=600000 e2e/*.test.mjs
bilan_des_etapes 'Tout est vérifié.'
