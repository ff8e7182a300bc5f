#!/usr/bin/env bash
# Compares our geodesy with PROJ and GeographicLib and shows how far they are apart, and how fast
# they are; `run.sh tables` writes Tests/Fixtures/geodesy anew. Neither is part of `make test`.
#
#   apt-get install libproj-dev libgeographiclib-dev
#   Tests/Oracles/geodesy/run.sh [compare [pairs] | speed [pairs] | tables]
#
# In double the oracles are themselves wrong by up to 15 nm. With GEOGRAPHICLIB_SOURCE naming the
# unpacked source of GeographicLib 2.1.2 (`apt-get source geographiclib`) it is compiled in long
# double, with series of the eighth order, and its errors no longer count.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=${WORK:-$(mktemp -d /tmp/geodesy-oracle.XXXXXX)}
mkdir -p "$work/CMath" "$work/long"
[ -n "${WORK:-}" ] || trap 'rm -rf "$work"' EXIT

sed -e 's|"CMath.h"|"'"$root"'/Sources/CMath/include/CMath.h"|' >"$work/CMath/module.modulemap" \
    <<<'module CMath { header "CMath.h" export * }'
g++ -O2 -I"$here" -c "$here/mgrs.cpp" -o "$work/mgrs.o"
gcc -O2 -I"$here" -c "$here/proj.c" -o "$work/proj.o"
objects=("$work/mgrs.o" "$work/proj.o" "$work/exact.o")
source=${GEOGRAPHICLIB_SOURCE:-}
if [ -n "$source" ]; then
    flags=(-O2 -I"$here" -I"$source/include" -I"$work/long" -DGeographicLib=GeographicLibLong
        -DGEOGRAPHICLIB_PRECISION=3)
    mkdir -p "$work/long/GeographicLib"
    cp /usr/include/GeographicLib/Config.h "$work/long/GeographicLib/"
    for part in Geocentric Geodesic GeodesicLine Math PolarStereographic TransverseMercator \
        AuxLatitude GeodesicExact GeodesicLineExact EllipticFunction DST; do
        [ -f "$source/src/$part.cpp" ] || continue
        object="$work/long/$part.o"
        [ -f "$object" ] || g++ "${flags[@]}" -c "$source/src/$part.cpp" -o "$object"
        objects+=("$object")
    done
    g++ "${flags[@]}" -x c++ -c "$here/exact.inc" -o "$work/exact.o"
else
    g++ -O2 -I"$here" -x c++ -c "$here/exact.inc" -o "$work/exact.o"
fi
swiftc -O -parse-as-library -module-name Compare -I "$work/CMath" \
    -import-objc-header "$here/oracle.h" \
    "$root"/Sources/NMEA/Wire/Coordinate.swift "$root"/Sources/NMEA/Wire/Geodesy/*.swift \
    "$here"/*.swift "${objects[@]}" -lproj -lGeographicLib -lstdc++ -o "$work/compare"
"$work/compare" "${1:-compare}" "${2:-1000000}" "$root/Tests/Fixtures/geodesy"
