#!/bin/sh
# Installs what is named and missing, on Debian and its kin: cc, c++, chromium, node, java, python3, mingw (the compiler for Windows,
# and Rust's library for it where rustup keeps Rust), wine,
# valgrind, debian (a fresh Debian in a folder), tesseract (with Russian). Says nothing when all is there.
set -eu

missing=""
for tool in "$@"; do
    case "$tool" in
        cc)
            command -v cc >/dev/null 2>&1 || missing="$missing gcc libc6-dev"
            ;;
        c++)
            command -v c++ >/dev/null 2>&1 || missing="$missing g++"
            ;;
        chromium)
            if [ -z "${CHROMIUM:-}" ] && ! command -v chromium >/dev/null 2>&1 \
                && ! command -v chromium-browser >/dev/null 2>&1 && ! command -v google-chrome >/dev/null 2>&1; then
                missing="$missing chromium"
            fi
            ;;
        node)
            command -v node >/dev/null 2>&1 || missing="$missing nodejs"
            command -v npm >/dev/null 2>&1 || missing="$missing npm"
            ;;
        java)
            command -v java >/dev/null 2>&1 || missing="$missing default-jre-headless"
            ;;
        python3)
            command -v python3 >/dev/null 2>&1 || missing="$missing python3"
            ;;
        mingw)
            command -v x86_64-w64-mingw32-gcc >/dev/null 2>&1 || missing="$missing gcc-mingw-w64-x86-64"
            # The compiler alone links nothing: a clean machine has Rust's own library for Linux only.
            if [ ! -d "$(rustc --print sysroot)/lib/rustlib/x86_64-pc-windows-gnu" ] && command -v rustup >/dev/null 2>&1; then
                rustup target add x86_64-pc-windows-gnu >&2
            fi
            ;;
        wine)
            command -v wine >/dev/null 2>&1 || missing="$missing wine wine64"
            ;;
        valgrind)
            command -v valgrind >/dev/null 2>&1 || missing="$missing valgrind"
            ;;
        debian)
            command -v mmdebstrap >/dev/null 2>&1 || missing="$missing mmdebstrap"
            ;;
        tesseract)
            tesseract --list-langs 2>/dev/null | grep -qx rus || missing="$missing tesseract-ocr tesseract-ocr-rus"
            ;;
        *)
            echo "setup.sh: $tool?" >&2
            exit 2
            ;;
    esac
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "Установите сами:$missing" >&2
    exit 2
fi
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null 2>&1; then
    as_root="sudo"
else
    echo "Нет прав, чтобы установить:$missing" >&2
    exit 2
fi
echo "Устанавливаю:$missing"
$as_root apt-get update -qq
# shellcheck disable=SC2086 # both are lists of words
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
