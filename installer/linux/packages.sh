#!/bin/sh
# Which system packages of packages.txt are missing, and their installation.
#   packages.sh missing GROUP...   prints the missing packages on one line (nothing when all are there)
#   packages.sh install GROUP...   as root: installs them; says what could not be had; fails if one is still missing
set -u
list=$(dirname "$0")/packages.txt

# Are we on a system whose packages we can name?
has_dpkg() { command -v dpkg-query >/dev/null 2>&1; }

is_installed() {
    case $(dpkg-query -W -f '${Status}' "$1" 2>/dev/null) in
        "install ok installed") return 0 ;;
        *) return 1 ;;
    esac
}

is_known() { # has this system's package list an installable version of it?
    apt-cache policy "$1" 2>/dev/null | grep -q '^  Candidate: [^(]'
}

# One name out of "a|b": empty when one of them is installed, else the one known here, else the last.
wanted_of() {
    chosen=
    for name in $(echo "$1" | tr '|' ' '); do
        if is_installed "$name"; then return; fi
        if [ -z "$chosen" ] && is_known "$name"; then chosen=$name; fi
        last=$name
    done
    echo "${chosen:-$last}"
}

missing() {
    has_dpkg || return 0
    for group in "$@"; do
        for names in $(awk -v g="$group" '$1 == g { print $2 }' "$list"); do
            wanted_of "$names"
        done
    done | tr '\n' ' ' | sed 's/ *$//'
}

apt() { DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$@" </dev/null; }

install() {
    absent=$(missing "$@")
    [ -n "$absent" ] || return 0
    apt update >/dev/null 2>&1 ||
        echo "pelita3: daftar paket sistem tidak dapat diperbarui (cannot refresh the package lists: network?)" >&2
    absent=$(missing "$@") # a fresh list may know the other name
    echo "pelita3: memasang paket sistem (installing system packages): $absent" >&2
    # shellcheck disable=SC2086 # a list of names
    if ! apt install --no-install-recommends $absent >/dev/null 2>&1; then
        for name in $absent; do # one that cannot be had must not keep the others away
            apt install --no-install-recommends "$name" >/dev/null 2>&1 || true
        done
    fi
    absent=$(missing "$@")
    [ -z "$absent" ] && return 0
    echo "pelita3: tidak dapat dipasang (could not be installed): $absent" >&2
    return 1
}

action=${1:-}
[ $# -gt 0 ] && shift
case $action in
    missing | install) "$action" "$@" ;;
    *)
        echo "packages.sh missing|install GROUP..." >&2
        exit 2
        ;;
esac
