#!/usr/bin/env bash
# Build dist/briefing-composer_VERSION_ARCH.deb from dist/briefing-composer, the folder that PyInstaller made.
set -euo pipefail
cd "$(dirname "$0")/../.."

folder=dist/briefing-composer
[ -x "$folder/briefing" ] || { echo "$folder is not there: run 'make package' first" >&2; exit 1; }
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' briefing_app/__init__.py)
arch=$(dpkg --print-architecture)
tree=build/deb
deb=dist/briefing-composer_${version}_${arch}.deb

rm -rf "$tree"
mkdir -p "$tree/DEBIAN" "$tree/opt" "$tree/usr/bin" "$tree/usr/share/applications" \
    "$tree/usr/share/icons/hicolor/scalable/apps" "$tree/usr/share/mime/packages" \
    "$tree/usr/share/doc/briefing-composer"
cp -a "$folder" "$tree/opt/briefing-composer"
ln -s /opt/briefing-composer/briefing "$tree/usr/bin/briefing"
cp packaging/debian/briefing-composer.desktop "$tree/usr/share/applications/"
cp packaging/debian/briefing-composer.xml "$tree/usr/share/mime/packages/"
cp resources/icons/app.svg "$tree/usr/share/icons/hicolor/scalable/apps/briefing-composer.svg"
cp LICENSE "$tree/usr/share/doc/briefing-composer/copyright"

depends=$(python3 packaging/check_qt_libs.py --packages)
cat > "$tree/DEBIAN/control" <<CONTROL
Package: briefing-composer
Version: $version
Architecture: $arch
Maintainer: Briefing Composer contributors <noreply@localhost>
Installed-Size: $(du -sk "$tree/opt" | cut -f1)
Depends: libc6 (>= 2.34), $depends
Section: editors
Priority: optional
Description: compose sourced intelligence briefings on an offline desktop
 From saved articles to a briefing whose every quotation is checked against
 its source. It makes no network connection.
CONTROL

chmod -R u+rwX,go+rX,go-w "$tree"
# The same files give the same package.
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct 2>/dev/null || echo 0)
export SOURCE_DATE_EPOCH
find "$tree" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group -Zxz --build "$tree" "$deb"
