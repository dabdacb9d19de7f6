#!/usr/bin/env bash
# Proves the two commands on a machine that has nothing: builds a bare Debian 12 in a
# folder, copies this machine's Rust and Node into it, then runs the commands from a
# clean copy of HEAD, as root and as an ordinary user, each with an empty home.
# To be run by hand, as root, on Debian, with mmdebstrap; an hour and 15 GB of disk.
#
#   outils/racine-nue.sh [options]
#     --racine DOSSIER     where to build it; kept, and used again if it is there
#                          (else a temporary folder, removed at the end)
#     --comptes LISTE      « root », « compte » or both, the default
#     --commandes LISTE    « run », « test » or both, the default
#     --essayer COMMANDE   this instead of the two commands
#     --env-file FICHIER   lines NAME=value given to the commands (registry settings)
#     --ca FICHIER         certificates of this machine's network, if it has its own
source "$(dirname "${BASH_SOURCE[0]}")/socle.sh"

racine='' comptes='root compte' commandes='run test' essayer='' ca='' reglages=()
while [ $# -gt 0 ]; do
    case $1 in
        --racine) racine=$2 ;;
        --comptes) comptes=$2 ;;
        --commandes) commandes=$2 ;;
        --essayer) essayer=$2 ;;
        --env-file) mapfile -t reglages <"$2" ;;
        --ca) ca=$2 ;;
        *) echec "Option inconnue : $1 (voir le début de outils/racine-nue.sh)." ;;
    esac
    shift 2
done
[ "$(id -u)" = 0 ] || echec 'La racine nue se construit en root.'
command -v mmdebstrap >/dev/null || echec 'mmdebstrap manque : « apt-get install mmdebstrap ».'
[ -z "$(git status --porcelain)" ] || printf 'Attention : seul ce qui est enregistré (HEAD) est essayé.\n'

jetable=''
[ -n "$racine" ] || { jetable=$(mktemp -d /var/tmp/racine-nue.XXXXXX) && racine=$jetable/debian; }
trap '[ -z "$jetable" ] || rm -rf --one-file-system "$jetable"' EXIT
port=$(port_libre)
resultats=()

construire_la_racine() {
    etape 'Construire une Debian 12 nue'
    mmdebstrap --quiet --variant=minbase --include=ca-certificates,gcc,libc6-dev,make,python3 bookworm "$racine"
    [ -z "$ca" ] || cp "$ca" "$racine/etc/ssl/certs/ca-certificates.crt"
    cp /etc/resolv.conf /etc/hosts "$racine/etc/"
    chroot "$racine" useradd --create-home --uid 1000 compte
    etape 'Y copier Rust et Node'
    mkdir -p "$racine/opt/rust" "$racine/opt/node/bin" "$racine/opt/node/lib/node_modules"
    tar -C "$(rustc --print sysroot)" --exclude=./share/doc -c . | tar -C "$racine/opt/rust" -x --no-same-owner
    cp -L "$(command -v node)" "$racine/opt/node/bin/"
    cp -a "$(npm root --global)/npm" "$racine/opt/node/lib/node_modules/"
    ln -s ../lib/node_modules/npm/bin/npm-cli.js "$racine/opt/node/bin/npm"
    # Last: its presence says that the root is whole.
    touch "$racine/opt/complete"
}

# preparer COMPTE DOSSIER COMMANDE: sets `commande`, which runs it in the root, in a world
# of processes and mounts of its own, all of which vanish when it is killed.
preparer() {
    local qui=0:0 maison=/root
    [ "$1" = root ] || qui=1000:1000 maison=/home/compte
    # shellcheck disable=SC2016 # expanded by the inner shell
    commande=(unshare --mount --pid --fork --kill-child bash -c '
        mount -t proc proc "$1/proc" && mount -t tmpfs -o mode=1777 tmpfs "$1/dev/shm"
        chroot --userspec="$2" "${@:3}"
        exit $? # not exec: changing accounts would undo --kill-child' racine "$racine" "$qui" "$racine"
        env -i HOME="$maison" PATH=/opt/rust/bin:/opt/node/bin:/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 CI=true
        PORT="$port" "${reglages[@]}" bash -c "cd $maison/$2 && $3")
}

copie_propre() { # COMPTE DOSSIER
    local chez=home/compte
    [ "$1" != root ] || chez=root
    local chemin=$racine/$chez/$2
    rm -rf --one-file-system "$chemin"
    mkdir "$chemin"
    git archive HEAD | tar -x -C "$chemin"
    [ "$1" = root ] || chown -R 1000:1000 "$chemin"
}

noter() { # CE QUE C'EST, DEBUT, CODE
    resultats+=("$(printf '%5d s  %-8s %s' $((SECONDS - $2)) "$([ "$3" = 0 ] && echo réussi || echo ÉCHEC)" "$1")")
    printf '%s\n' "${resultats[-1]}"
}

mesurer() { # CE QUE C'EST, COMPTE, DOSSIER, COMMANDE
    local debut=$SECONDS code=0
    etape "$1"
    preparer "$2" "$3" "$4"
    "${commande[@]}" </dev/null || code=$?
    noter "$1" "$debut" "$code"
}

# make run never ends: it has succeeded when the server answers.
mesurer_run() { # CE QUE C'EST, COMPTE, DOSSIER
    local debut=$SECONDS code=1 processus
    etape "$1"
    preparer "$2" "$3" 'make run'
    "${commande[@]}" </dev/null &
    processus=$!
    while kill -0 "$processus" 2>/dev/null; do
        if node -e "fetch('http://127.0.0.1:$port/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"; then
            code=0
            break
        fi
        sleep 1
    done
    noter "$1" "$debut" "$code"
    kill -KILL "$processus" 2>/dev/null || true
    wait "$processus" 2>/dev/null || true
}

[ -e "$racine/opt/complete" ] || construire_la_racine
for compte in $comptes; do
    if [ -n "$essayer" ]; then
        copie_propre "$compte" essai
        mesurer "$compte : $essayer" "$compte" essai "$essayer"
        continue
    fi
    for commande in $commandes; do
        copie_propre "$compte" "$commande"
        if [ "$commande" = run ]; then
            mesurer_run "$compte : make run, première fois" "$compte" run
            mesurer_run "$compte : make run, ensuite" "$compte" run
        else
            mesurer "$compte : make test, première fois" "$compte" test 'make test'
            mesurer "$compte : make test, ensuite" "$compte" test 'make test'
        fi
    done
done
printf '\nSur une Debian 12 nue (%s cœurs) :\n' "$(nproc)"
printf '%s\n' "${resultats[@]}"
[[ "${resultats[*]}" != *ÉCHEC* ]]
