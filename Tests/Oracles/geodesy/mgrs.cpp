// GeographicLib's MGRS behind oracle.h.
#include <GeographicLib/MGRS.hpp>
#include <GeographicLib/UTMUPS.hpp>
#include <cstring>
#include <string>
#include "oracle.h"

using namespace GeographicLib;

void oracle_mgrs(double lat, double lon, int digits, char text[64]) {
    text[0] = 0;
    try {
        int zone;
        bool northern;
        double x, y;
        std::string result;
        UTMUPS::Forward(lat, lon, zone, northern, x, y);
        MGRS::Forward(zone, northern, x, y, lat, digits, result);
        std::strncpy(text, result.c_str(), 63);
        text[63] = 0;
    } catch (const std::exception &) {
    }
}

oracle_utm oracle_mgrs_reverse(const char *text) {
    try {
        int zone, digits;
        bool northern;
        double x, y;
        MGRS::Reverse(text, zone, northern, x, y, digits, true);
        return {zone, northern, x, y};
    } catch (const std::exception &) {
        return {-9, 0, 0, 0};
    }
}
