#!/bin/sh
# Installs what Diglot needs from the system and is not there yet; prints the Python to use.
#
# usage: setup/system.sh build|test      (from the top of the project)
#
# What is missing is decided by what works (a library loads, fontconfig knows a face), never by
# the name or the release of the system; a package's name is the first that the system offers.
set -eu
LC_ALL=C
export LC_ALL

case "${1-}" in
build) needs="python pango subset fontconfig chinese latin" ;;
test) needs="python pango subset fontconfig chinese latin java poppler browser npm" ;;
*)
    echo "usage: setup/system.sh build|test" >&2
    exit 2
    ;;
esac

# The faces are those that diglot/publish/fonts.py looks for; a test holds the two together.
describe() {
    case $1 in
    python) echo "Python 3.11 or newer with its venv module" ;;
    pango) echo "Pango 1.44 or newer (the libraries pango-1.0 and pangoft2-1.0)" ;;
    subset) echo "HarfBuzz's subset library (harfbuzz-subset)" ;;
    fontconfig) echo "fontconfig (the command fc-list)" ;;
    chinese) echo "the fonts Noto Serif CJK SC and Noto Serif CJK TC" ;;
    latin) echo "the font Gentium Book Plus, Gentium Plus, Gentium Book, Gentium or Noto Serif" ;;
    java) echo "Java 11 or newer (the command java)" ;;
    poppler) echo "poppler's tools (the command pdftotext)" ;;
    browser) echo "Chromium or Google Chrome" ;;
    npm) echo "Node.js 18 or newer with npm (the commands node and npm)" ;;
    esac
}

debian_names() {
    case $1 in
    python) python_packages ;;
    pango) echo libpangoft2-1.0-0 libpangoft2-1.0-0t64 ;;
    subset) echo libharfbuzz-subset0 libharfbuzz-subset0t64 ;;
    fontconfig) echo fontconfig ;;
    chinese) echo fonts-noto-cjk ;;
    latin) echo fonts-sil-gentiumplus fonts-sil-gentium fonts-noto-core ;;
    java) echo default-jre-headless ;;
    poppler) echo poppler-utils ;;
    browser) echo chromium chromium-browser ;;
    npm) echo npm ;;
    esac
}

homebrew_names() {
    case $1 in
    python) echo python@3.13 python@3.14 ;;
    pango) echo pango ;;
    subset) echo harfbuzz ;;
    fontconfig) echo fontconfig ;;
    chinese) echo font-noto-serif-cjk ;;
    latin) echo font-gentium-book-plus font-gentium-plus font-gentium-book font-noto-serif ;;
    java) echo openjdk ;;
    poppler) echo poppler ;;
    browser) echo google-chrome ;;
    npm) echo node ;;
    esac
}

is_there() {
    case $1 in
    python) [ -n "$python" ] ;;
    pango) loads pango-1.0 pangoft2-1.0 ;;
    subset) loads harfbuzz-subset || harfbuzz_is_too_old ;;
    fontconfig) have fc-list ;;
    chinese)
        knows "Noto Serif CJK SC" "Noto Serif SC" "Source Han Serif SC" &&
            knows "Noto Serif CJK TC" "Noto Serif TC" "Source Han Serif TC"
        ;;
    latin) knows "Gentium Book Plus" "Gentium Plus" "Gentium Book" "Gentium" "Noto Serif" ;;
    java) java_is_new_enough ;;
    poppler) have pdftotext ;;
    browser)
        have chromium || have chromium-browser || have google-chrome ||
            [ -d "/Applications/Google Chrome.app" ]
        ;;
    npm) have node && have npm ;;
    esac
}

say() { printf '%s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null; }
on_macos() { [ "$(uname)" = Darwin ]; }

# The made environment comes first: it is the one whose libraries count.
find_python() {
    python=
    for name in $(python_names); do
        path=$(command -v "$name") || continue
        if "$path" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' \
            2>/dev/null; then
            python=$path
            return
        fi
    done
}

python_names() {
    [ -e .venv/unfinished ] || echo .venv/bin/python
    versions="python3.14 python3.13 python3.12 python3.11"
    if on_macos && have brew; then
        # No other Python looks for libraries where Homebrew puts them.
        for name in $versions; do echo "$(brew --prefix)/bin/$name"; done
    else
        echo "python3 $versions"
    fi
}

# With a Python at hand, libraries are looked for as cffi does it for WeasyPrint.
loads() {
    if [ -n "$python" ]; then
        "$python" -c '
import ctypes, ctypes.util, sys
for name in sys.argv[1:]:
    if sys.platform == "darwin":
        ctypes.util.find_library(name) or sys.exit(1)
    else:
        ctypes.CDLL(f"lib{name}.so.0")
' "$@" 2>/dev/null
    else
        libraries=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null)
        for name; do
            case $libraries in *"lib$name.so.0 "*) ;; *) return 1 ;; esac
        done
    fi
}

# WeasyPrint takes the subset library from HarfBuzz 4.1 on; an older release need not have it.
harfbuzz_is_too_old() {
    [ -n "$python" ] || return 1
    "$python" -c '
import ctypes, sys
sys.exit(ctypes.CDLL("libharfbuzz.so.0").hb_version_atleast(4, 1, 0))
' 2>/dev/null
}

knows() {
    have fc-list || return 1
    families=$(fc-list : family | tr ',' '\n')
    for family; do
        if printf '%s\n' "$families" | grep -qxF "$family"; then return; fi
    done
    return 1
}

# Where the system has only a stub for Java, the command is there but fails.
java_is_new_enough() {
    about=$(java -version 2>&1) || return 1
    major=$(printf '%s\n' "$about" | sed -n 's/.*version "\([0-9]*\).*/\1/p')
    [ "${major:-0}" -ge 11 ]
}

list_missing() {
    for need in $needs; do
        is_there "$need" || echo "$need"
    done
}

# A release whose own Python is too old may offer a newer one beside it.
python_packages() {
    if dpkg --compare-versions "$(offered python3 || echo 0)" ge 3.11; then
        echo python3-venv
    else
        echo python3.14-venv python3.13-venv python3.12-venv python3.11-venv
    fi
}

# Prints the version of a package that apt would install; fails if there is none.
offered() {
    apt-cache policy "$1" | sed -n 's/^  Candidate: //p' | grep -v '^(none)$'
}

first_offered() {
    for name; do
        if offered "$name" >/dev/null; then
            echo "$name"
            return
        fi
    done
    return 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Shows what a command printed only if it fails.
quietly() {
    if "$@" >"$log" 2>&1; then return; fi
    cat "$log" >&2
    return 1
}

# A freshly started machine is often still updating its package lists by itself.
update_lists() {
    tries=60
    until as_root apt-get update >"$log" 2>&1; do
        tries=$((tries - 1))
        if [ "$tries" = 0 ] || ! grep -q "Could not get lock" "$log"; then
            cat "$log" >&2
            say "apt-get update failed; going on with the package lists that are there."
            return
        fi
        sleep 5
    done
}

install_by_apt() {
    if [ "$(id -u)" != 0 ] && ! have sudo; then
        say "Installing packages needs root or sudo."
        return
    fi
    log=$(mktemp)
    trap 'rm -f "$log"' EXIT
    update_lists
    packages=
    for need in $missing; do
        # shellcheck disable=SC2046 # one word a name
        if package=$(first_offered $(debian_names "$need")); then
            packages="$packages $package"
        fi
    done
    [ -n "$packages" ] || return 0
    say "Installing:$packages"
    # shellcheck disable=SC2086 # one word a package
    quietly as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l \
        apt-get install -y --no-install-recommends --no-upgrade \
        -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 $packages || say "apt-get install failed."
}

install_by_homebrew() {
    for need in $missing; do
        for name in $(homebrew_names "$need"); do
            say "Installing: $name"
            if HOMEBREW_NO_INSTALL_UPGRADE=1 brew install --quiet "$name" >&2; then break; fi
        done
    done
}

find_python
missing=$(list_missing)
if [ -n "$missing" ]; then
    if on_macos && have brew; then
        install_by_homebrew
    elif have apt-get; then
        install_by_apt
    fi
    find_python
    missing=$(list_missing)
fi
if [ -n "$missing" ]; then
    say "Diglot needs what is not on this system. Please install:"
    for need in $missing; do
        say "  - $(describe "$need")"
    done
    if on_macos && ! have brew; then say "(With Homebrew installed, make installs it all.)"; fi
    say "Then run make again."
    exit 1
fi
echo "$python"
