#!/bin/sh
# Installs the check-in station for this person alone, without administrator rights; again over an older one to
# update it. `./install.sh --remove` takes the program away. Event folders are never touched.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
place=$HOME/.local/opt/checkin-station
link=$HOME/.local/bin/checkin-station

say() { printf '%s\n%s\n' "$1" "$2"; }

refresh() {
    command -v update-desktop-database >/dev/null 2>&1 && update-desktop-database -q "$data/applications" || true
    command -v update-mime-database >/dev/null 2>&1 && update-mime-database "$data/mime" || true
    command -v gtk-update-icon-cache >/dev/null 2>&1 && gtk-update-icon-cache -qtf "$data/icons/hicolor" || true
}

is_running() {
    for exe in /proc/[0-9]*/exe; do
        [ "$(readlink "$exe" 2>/dev/null)" = "$place/checkin-station" ] && return 0
    done
    return 1
}

if is_running; then
    say "Máy điểm danh đang mở. Hãy đóng cửa sổ rồi chạy lại." "The check-in station is open. Close its window, then run this again." >&2
    exit 1
fi

if [ "${1:-}" = --remove ]; then
    rm -rf "$place" "$link" "$data/applications/checkin-station.desktop" "$data/mime/packages/checkin-station.xml"
    rm -f "$data"/icons/hicolor/*/apps/checkin-station.png
    refresh
    say "Đã gỡ chương trình. Các thư mục sự kiện vẫn còn nguyên." "The program is removed. All event folders are still there."
    exit 0
fi

mkdir -p "$(dirname "$place")" "$(dirname "$link")" "$data/applications" "$data/mime/packages"
rm -rf "$place.new" "$place.old"
cp -a "$here/checkin-station" "$place.new"
say "Đang thử chương trình mới…" "Trying the new program…"
if ! "$place.new/checkin-station" selftest; then
    rm -rf "$place.new"
    say "Chương trình mới không chạy được trên máy này; bản cũ (nếu có) vẫn giữ nguyên." \
        "The new program does not work on this machine; the old one, if there was one, stays as it was." >&2
    exit 1
fi
if [ -e "$place" ]; then mv "$place" "$place.old"; fi
mv "$place.new" "$place"
rm -rf "$place.old"
ln -sfn "$place/checkin-station" "$link"
cp -a "$here/share/icons" "$data/"
cp "$here/share/mime/packages/checkin-station.xml" "$data/mime/packages/"
sed "s|@EXEC@|\"$place/checkin-station\"|" "$here/checkin-station.desktop" >"$data/applications/checkin-station.desktop"
refresh
say "Đã cài. Mở “Máy điểm danh” trong danh sách chương trình, hoặc chạy: $link" \
    "Installed. Open “Check-in station” in the list of programs, or run: $link"
