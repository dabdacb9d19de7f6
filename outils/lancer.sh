#!/usr/bin/env bash
# make run: from a clean clone to the demonstration in a browser.
source "$(dirname "${BASH_SOURCE[0]}")/socle.sh"
port=${PORT:-8080}

etape 'Vérifier les outils'
verifier_outils
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    echec "Le port $port est déjà pris. Choisissez-en un autre : « PORT=8081 make run »."
fi
construire_facade
if [ -x "$cible/debug/coopole" ]; then
    etape 'Construire ce qui a changé'
else
    etape 'Construire Coopôle (une dizaine de minutes la première fois)'
fi
cargo build --locked -p coopole
etape "Ouvrir la démonstration sur http://127.0.0.1:$port (Ctrl+C pour l’arrêter)"
PORT=$port exec "$cible/debug/coopole" serve --demo
