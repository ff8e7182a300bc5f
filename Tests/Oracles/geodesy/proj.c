// PROJ's geodesic.h behind oracle.h.
#include <geodesic.h>
#include "oracle.h"

oracle_inverse_result proj_inverse(double lat1, double lon1, double lat2, double lon2) {
    static struct geod_geodesic earth;
    static int is_ready;
    if (!is_ready) geod_init(&earth, 6378137, 1 / 298.257223563);
    is_ready = 1;
    oracle_inverse_result result = {0, 0, 0, 0};
    geod_inverse(
        &earth, lat1, lon1, lat2, lon2, &result.distance, &result.azimuth1, &result.azimuth2);
    return result;
}
