/// What outlets are opened with.
struct OutletParts {
    let hub: Hub
    /// The folder in which something may be kept; nil: nothing is.
    let state: String?
    let services: GatewayServices
}
