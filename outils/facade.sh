#!/usr/bin/env bash
# make web: builds the styles and scripts again, changed or not.
source "$(dirname "${BASH_SOURCE[0]}")/socle.sh"
etape 'Vérifier les outils'
verifier_outils
rm -f web/dist/manifest.json
construire_facade
bilan_des_etapes 'web/dist est à jour.'
