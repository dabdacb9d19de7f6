# shellcheck shell=bash
# The ground every script of outils/ stands on: sourced, never run. It goes to the
# root of the clone, tells the time, says what is missing, and installs npm parts
# only when their lock file changed. Nothing here writes outside the clone but the
# caches of cargo and npm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck disable=SC2034 # used by the scripts that source this one
cible=${CARGO_TARGET_DIR:-target}

# A container may give no home, or one nobody may write in: cargo and npm need one.
if [ -z "${HOME:-}" ]; then
    HOME=$(getent passwd "$(id -u)" | cut -d: -f6 || true)
fi
if [ -z "$HOME" ] || [ ! -w "$HOME" ]; then
    : "${CARGO_HOME:=$PWD/.cache/cargo}" "${npm_config_cache:=$PWD/.cache/npm}"
    HOME=${HOME:-$PWD/.cache}
    export CARGO_HOME npm_config_cache
fi
export HOME
command -v cargo >/dev/null 2>&1 || PATH=$PATH:$HOME/.cargo/bin

etape_nom=''
etape_debut=0
etapes_durees=()

# « [  12 s] Compiler » : the seconds are those since the command was typed.
etape() {
    clore_etape
    etape_nom=$1
    etape_debut=$SECONDS
    printf '[%4d s] %s\n' "$SECONDS" "$1"
}

clore_etape() {
    [ -z "$etape_nom" ] && return
    etapes_durees+=("$(printf '%6d s  %s' $((SECONDS - etape_debut)) "$etape_nom")")
    etape_nom=''
}

# How long each step took, for whoever watches the budget.
bilan_des_etapes() {
    clore_etape
    printf '\n%s\n' "$1"
    printf '%s\n' "${etapes_durees[@]}"
    printf '%6d s  en tout\n' "$SECONDS"
}

echec() {
    printf '\n' >&2
    printf '%s\n' "$@" >&2
    exit 1
}

# What tests write lasts as long as they do: in memory where there is plenty, since
# they would wait for a disk that they do not need. TMPDIR is obeyed when given.
ecrire_en_memoire() {
    local place memoire
    [ -z "${TMPDIR:-}" ] && [ -d /dev/shm ] && [ -w /dev/shm ] || return 0
    place=$(df --output=avail -k /dev/shm | tail -n 1)
    memoire=$(sed -nE 's/^MemAvailable: *([0-9]+) kB$/\1/p' /proc/meminfo)
    [ "$place" -ge 8000000 ] && [ "${memoire:-0}" -ge 12000000 ] && export TMPDIR=/dev/shm
    return 0
}

port_libre() {
    node -e 'const s=require("node:net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})'
}

# au_moins 1.95 1.96.0: plain version comparison.
au_moins() { printf '%s\n%s\n' "$1" "$2" | sort -V -C; }

# Says everything that is missing at once, each with its remedy.
verifier_outils() {
    local manques=() rust node
    rust=$(rustc --version 2>/dev/null | cut -d' ' -f2) || rust=''
    if [ -z "$rust" ] || ! cargo --version >/dev/null 2>&1; then
        manques+=('Rust manque : installez Rust 1.95 ou plus récent (https://rustup.rs), puis ouvrez un nouveau terminal.')
    elif ! au_moins 1.95 "$rust"; then
        manques+=("Rust $rust est trop ancien, il faut 1.95 ou plus récent : « rustup update stable ».")
    fi
    command -v cc >/dev/null 2>&1 ||
        manques+=('Le compilateur C manque (SQLite en a besoin) : « apt-get install gcc libc6-dev ».')
    node=$(node --version 2>/dev/null) || node=''
    if [ -z "$node" ]; then
        manques+=('Node manque : installez Node 20 ou plus récent, avec npm (https://nodejs.org).')
    elif ! au_moins 20 "${node#v}"; then
        manques+=("Node ${node#v} est trop ancien, il faut Node 20 ou plus récent (https://nodejs.org).")
    fi
    [ -z "$node" ] || npm --version >/dev/null 2>&1 ||
        manques+=('npm manque : il vient avec Node (https://nodejs.org), ou « apt-get install npm ».')
    [ ${#manques[@]} -eq 0 ] || echec 'Il manque de quoi construire Coopôle :' "${manques[@]/#/  - }"
    printf '         Rust %s, Node %s, npm %s, %s\n' "$rust" "${node#v}" "$(npm --version)" "$(cc --version | head -n 1)"
}

# What make test asks for on top.
verifier_controles() {
    if ! cargo fmt --version >/dev/null 2>&1 || ! cargo clippy --version >/dev/null 2>&1; then
        echec 'Les contrôles demandent rustfmt et clippy : « rustup component add rustfmt clippy ».'
    fi
}

# installer_npm web « les outils de la façade » : nothing to do while the lock file stays.
# Install scripts are refused: nothing we take needs one.
installer_npm() {
    local marque=$1/node_modules/.coopole-empreinte empreinte
    empreinte=$({ cat "$1/package.json" "$1/package-lock.json"; node --version; } | sha256sum | cut -d' ' -f1)
    [ "$(cat "$marque" 2>/dev/null)" = "$empreinte" ] && return
    etape "Installer $2 (npm ci dans $1/)"
    (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) ||
        echec "npm n’a pas pu installer $2 : vérifiez que le registre npm répond (« npm ping »), puis recommencez."
    printf '%s\n' "$empreinte" >"$marque"
}

# Builds web/dist, the styles and scripts the binary carries. build.mjs stops at once
# when nothing that matters to it has changed.
construire_facade() {
    installer_npm web 'les outils de la façade'
    etape 'Construire la façade (web/dist)'
    (cd web && node build.mjs) || echec 'La façade n’a pas pu être construite : le message ci-dessus dit pourquoi.'
}
