#!/bin/sh
# Gets this machine ready: `scripts/prepare.sh python node chromium` (each part only when it is not ready yet).
# Each part leaves a stamp with the hash of what it was made from; a part that broke halfway has none, and is made anew.
set -eu
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*"; }
fail() {
    printf 'Erreur : %s\n' "$*" >&2
    exit 2
}
hash_of() { cat "$@" | sha256sum | cut -d ' ' -f 1; }

find_python() {
    for name in "${PARVIS_PYTHON:-}" python3.11 python3.12 python3.13 python3; do
        [ -n "$name" ] && command -v "$name" >/dev/null 2>&1 || continue
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    fail "Python 3.11 (ou plus récent) est nécessaire. Sur Debian : apt install python3 python3-venv."
}

# Counts what pip has looked at, for it says nothing for long; shows its own words only when it fails.
pip_with_progress() {
    log=.venv/pip.log
    total=$(grep -c '==' requirements/dev.txt)
    .venv/bin/python -m pip install --disable-pip-version-check --progress-bar off "$@" >$log 2>&1 &
    pip=$!
    while kill -0 $pip 2>/dev/null; do
        done=$(grep -c -E '^(Collecting|Requirement already)' $log || true)
        if [ -t 1 ]; then printf '\r  %s sur %s' "$done" "$total"; fi
        sleep 1
    done
    if [ -t 1 ]; then printf '\r                    \r'; fi
    wait $pip || {
        tail -n 15 $log
        return 1
    }
}

prepare_python() {
    # Of pyproject.toml, only what the installation reads: the rest changes often.
    wanted=$( (cat requirements/dev.txt && sed '/^\[tool.ruff\]/,$d' pyproject.toml) | hash_of)
    stamp=.venv/parvis.stamp
    if [ "$(cat $stamp 2>/dev/null)" = "$wanted" ] && .venv/bin/python -c 'import click, flask, functions' 2>/dev/null; then
        return
    fi
    python=$(find_python)
    if [ -e .venv ] && { [ -e .venv/parvis.unfinished ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; }; then
        say "· l’environnement Python (.venv) était incomplet : il est refait"
        rm -rf .venv
    fi
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "Le module venv manque à $python. Sur Debian : apt install python3-venv."
    [ -e .venv ] || "$python" -m venv .venv
    : >.venv/parvis.unfinished
    say "· installation des bibliothèques Python (deux minutes environ la première fois)"
    pip_with_progress --require-hashes -r requirements/dev.txt ||
        fail "Les bibliothèques Python n’ont pas pu être installées (voir ci-dessus). Vérifiez le réseau, puis recommencez."
    said=$(.venv/bin/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e . 2>&1) ||
        fail "Parvis n’a pas pu être installé dans .venv : $said"
    echo "$wanted" >$stamp
    rm .venv/parvis.unfinished
}

prepare_node() {
    command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 ||
        fail "Node.js 20 (ou plus récent) et npm sont nécessaires. Voir https://nodejs.org, ou : apt install nodejs npm."
    node -e 'process.exit(+process.versions.node.split(".")[0] >= 20 ? 0 : 1)' ||
        fail "Node.js 20 (ou plus récent) est nécessaire ; ici : $(node --version)."
    wanted=$(hash_of package-lock.json package.json)
    stamp=node_modules/parvis.stamp
    if [ "$(cat $stamp 2>/dev/null)" = "$wanted" ]; then
        return
    fi
    say "· installation des bibliothèques JavaScript…"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error ||
        fail "Les bibliothèques JavaScript n’ont pas pu être installées (voir ci-dessus). Vérifiez le réseau, puis recommencez."
    node_modules/.bin/esbuild --version >/dev/null ||
        fail "esbuild ne fonctionne pas sur cette machine (voir ci-dessus)."
    echo "$wanted" >$stamp
}

# Prints the path of a Chromium, for the browser tests.
find_chromium() {
    for name in "${PARVIS_CHROMIUM:-}" /usr/bin/chromium chromium chromium-browser google-chrome; do
        if [ -n "$name" ] && command -v "$name" >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    return 1
}

prepare_chromium() {
    find_chromium >/dev/null && return
    [ -z "${PARVIS_CHROMIUM:-}" ] || fail "PARVIS_CHROMIUM vaut « $PARVIS_CHROMIUM », qui n’existe pas."
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "· installation de Chromium, pour les essais dans un navigateur…"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null ||
            fail "Chromium n’a pas pu être installé par apt (voir ci-dessus)."
        find_chromium >/dev/null && return
    fi
    fail "Chromium est nécessaire aux essais. Installez-le (sur Debian : sudo apt install chromium), ou indiquez où il est : PARVIS_CHROMIUM=/chemin/vers/chromium make test."
}

for part in "$@"; do
    case "$part" in
    python) prepare_python ;;
    node) prepare_node ;;
    chromium) prepare_chromium ;;
    which-chromium) find_chromium ;;
    *) fail "« $part » n’est pas une partie connue." ;;
    esac
done
