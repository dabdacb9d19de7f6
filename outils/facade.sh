#!/usr/bin/env bash
# make web: the styles and scripts alone.
source "$(dirname "${BASH_SOURCE[0]}")/socle.sh"
etape 'Vérifier les outils'
verifier_outils
construire_facade
bilan_des_etapes 'web/dist est à jour.'
