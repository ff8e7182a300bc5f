import FairleadDevices
import FairleadEngine
import FairleadWire

/// What the command line says of one device.
struct DeviceReport {
    let device: SerialDevice
    let holders: [FileHolder]
    let access: DeviceAccess

    init(_ device: SerialDevice, _ tree: SystemTree) {
        self.device = device
        holders = tree.holders(of: device)
        access = tree.access(to: device.node)
    }

    /// Maker and product; many a product begins with its maker's name.
    private var names: String {
        guard let vendor = device.vendor else { return device.product ?? "" }
        guard let product = device.product else { return vendor }
        return product.hasPrefix(vendor) ? product : "\(vendor) \(product)"
    }

    private var user: String { holders.map(\.description).joined(separator: ", ") }

    /// All of it in one line.
    var line: String {
        var parts = ["\(device.node)", "\(device.kind)", device.identity.text]
        if !names.isEmpty { parts.append(names) }
        if let link = device.linkByID ?? device.linkByPath { parts.append(link) }
        if !holders.isEmpty { parts.append("in use by \(user)") }
        if access != .allowed, access != .absent { parts.append("\(access)") }
        return parts.joined(separator: ", ")
    }

    /// A table with a heading.
    static func table(_ reports: [DeviceReport]) -> String {
        let heading = ["NODE", "KIND", "NAME", "DRIVER", "IDENTITY", "USED BY", "ACCESS"]
        let rows = reports.map { report in
            let device = report.device
            return [
                device.node, device.kind.description, report.names, device.driver ?? "",
                device.identity.text, report.user, "\(report.access)",
            ]
        }
        let widths = heading.indices.map { column in
            ([heading] + rows).map { $0[column].count }.max() ?? 0
        }
        var lines = ([heading] + rows).map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            return trimmed(cells.joined(separator: "  "))
        }
        for report in reports where !report.device.links.isEmpty {
            lines.append("\(report.device.node) is also")
            lines += report.device.links.map { "  \($0)" }
        }
        return lines.joined(separator: "\n")
    }

    private static func trimmed(_ text: String) -> String {
        String(text.reversed().drop { $0 == " " }.reversed())
    }

    /// All of it as a JSON object.
    var json: String {
        var json = JSONWriter()
        json.object { json in
            json.member("node", device.node)
            json.member("identity", device.identity.text)
            json.member("kind", device.kind.name)
            json.member("role", device.kind.role.rawValue)
            list("links", device.links, &json)
            json.member("usb", device.usb?.description)
            json.member("vendor", device.vendor)
            json.member("product", device.product)
            json.member("serial", device.serialNumber)
            json.member("driver", device.driver)
            json.member("interface", device.interface)
            json.member("place", device.place?.description)
            list("usedBy", holders.map(\.description), &json)
            json.member("mayOpen", access == .allowed)
            if case .needsGroup(let group) = access { json.member("joinGroup", group) }
        }
        return json.text
    }

    private func list(_ name: String, _ texts: [String], _ json: inout JSONWriter) {
        json.key(name)
        json.array { json in
            for text in texts { json.value(text) }
        }
    }
}
