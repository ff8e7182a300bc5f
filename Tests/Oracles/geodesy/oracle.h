// The oracles as plain C functions, so that Swift can ask them. See run.sh.
#ifndef FAIRLEAD_GEODESY_ORACLE_H
#define FAIRLEAD_GEODESY_ORACLE_H
#ifdef __cplusplus
extern "C" {
#endif

typedef struct { double distance, azimuth1, azimuth2, reduced; } oracle_inverse_result;
typedef struct { double latitude, longitude, azimuth; } oracle_direct_result;
typedef struct { double x, y, z; } oracle_vector;
typedef struct { int zone, northern; double easting, northing; } oracle_utm;

// PROJ's geodesic.h, in double.
oracle_inverse_result proj_inverse(double lat1, double lon1, double lat2, double lon2);
// GeographicLib, in long double when built with its source (run.sh), else in double.
int exact_is_long(void);
oracle_inverse_result exact_inverse(
    double a, double f, double lat1, double lon1, double lat2, double lon2);
// The same in long double's whole precision, as a difference from a value in double.
double exact_distance_minus(double lat1, double lon1, double lat2, double lon2, double distance);
oracle_direct_result exact_direct(
    double a, double f, double lat1, double lon1, double azimuth, double distance);
oracle_vector exact_geocentric(double lat, double lon, double height);
oracle_vector exact_geodetic(double x, double y, double z);  // latitude, longitude, height
oracle_utm exact_utm(double lat, double lon, int zone);      // zone 0: UPS, -1: standard
oracle_vector exact_utm_reverse(int zone, int northern, double x, double y);  // lat, lon, 0
// GeographicLib's MGRS, in double always; an empty text where it throws.
void oracle_mgrs(double lat, double lon, int digits, char text[64]);
// The centre of the square; zone -9 where it throws.
oracle_utm oracle_mgrs_reverse(const char *text);

#ifdef __cplusplus
}
#endif
#endif
