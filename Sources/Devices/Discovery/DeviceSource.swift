/// Something that knows which serial devices there are.
public protocol DeviceSource: AnyObject {
    /// All serial devices that have hardware behind them, ordered by node.
    func devices() -> [SerialDevice]
}

extension [SerialDevice] {
    /// The list with identities that are different, ordered by node.
    ///
    /// Two devices that claim the same serial number are told apart by where they are.
    func distinct() -> [SerialDevice] {
        let claims = Dictionary(grouping: self, by: \.identity).filter { $0.value.count > 1 }
        let told = map { device in
            guard claims[device.identity] != nil, let usb = device.usb, let place = device.place
            else { return device }
            var device = device
            device.identity = .byPlace(usb, place)
            return device
        }
        return told.sorted { left, right in
            left.node.count == right.node.count
                ? left.node < right.node : left.node.count < right.node.count
        }
    }
}
