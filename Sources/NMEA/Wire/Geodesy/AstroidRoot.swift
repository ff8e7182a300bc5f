import CMath

/// The positive root k of k⁴ + 2k³ − (x² + y² − 1)k² − 2y²k − y² = 0.
///
/// The perpendicular from a point to an ellipse leads to it, and so does the astroid that all of
/// these touch: geocentric coordinates and geodesics between opposite places ask for the root.
/// Nought where y is nought and x within -1 to 1.
func astroidRoot(_ x: Double, _ y: Double) -> Double {
    let p = x * x
    let q = y * y
    let r = (p + q - 1) / 6
    if q == 0, r <= 0 { return 0 }
    // Written so that the equation of the third degree loses no digits where its roots meet.
    let s = p * q / 4
    let r3 = r * r * r
    let discriminant = s * (s + 2 * r3)
    var u = r
    if discriminant >= 0 {
        var cubed = s + r3
        cubed += cubed < 0 ? -discriminant.squareRoot() : discriminant.squareRoot()
        let t = fl_cbrt(cubed)
        u += t + (t == 0 ? 0 : r * r / t)
    } else {
        let angle = fl_atan2((-discriminant).squareRoot(), -(s + r3))
        u += 2 * r * fl_cos(angle / 3)
    }
    let v = (u * u + q).squareRoot()
    let uv = u < 0 ? q / (v - u) : u + v
    let w = (uv - q) / (2 * v)
    return uv / ((uv + w * w).squareRoot() + w)
}
