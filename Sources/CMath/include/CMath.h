// The mathematical functions of C for the Wire layers, which import no platform.
#ifndef FAIRLEAD_CMATH_H
#define FAIRLEAD_CMATH_H

static inline double fl_sin(double x) { return __builtin_sin(x); }
static inline double fl_cos(double x) { return __builtin_cos(x); }

// Sine and cosine together cost hardly more than one of them.
typedef struct {
    double sine, cosine;
} fl_sine_and_cosine;
#if defined(__GLIBC__) || defined(__linux__)
extern void sincos(double x, double *sine, double *cosine);
static inline fl_sine_and_cosine fl_sincos(double x) {
    fl_sine_and_cosine both;
    sincos(x, &both.sine, &both.cosine);
    return both;
}
#else
static inline fl_sine_and_cosine fl_sincos(double x) {
    fl_sine_and_cosine both = {__builtin_sin(x), __builtin_cos(x)};
    return both;
}
#endif

static inline double fl_asin(double x) { return __builtin_asin(x); }
static inline double fl_atan2(double y, double x) { return __builtin_atan2(y, x); }
static inline double fl_sinh(double x) { return __builtin_sinh(x); }
static inline double fl_cosh(double x) { return __builtin_cosh(x); }
static inline double fl_asinh(double x) { return __builtin_asinh(x); }
static inline double fl_atanh(double x) { return __builtin_atanh(x); }
static inline double fl_hypot(double x, double y) { return __builtin_hypot(x, y); }
static inline double fl_exp(double x) { return __builtin_exp(x); }
static inline double fl_cbrt(double x) { return __builtin_cbrt(x); }
#endif
