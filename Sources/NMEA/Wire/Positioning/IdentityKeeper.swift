// What a device is comes in pieces: u-blox sends lines of text when it starts, others answer when
// they are asked, and each maker's sentences give away at least who made it.

/// Gathers what a receiver says about itself.
struct IdentityKeeper {
    private(set) var identity = ReceiverIdentity()
    /// The most characters of a text that are kept, whatever marks are on them.
    private static let maximumText = 128

    /// Takes a sentence; true when more is known than before.
    mutating func take(_ sentence: Sentence) -> Bool {
        switch sentence {
        case .txt(let txt): take(txt)
        case .psrftxt(let psrf): take(psrf.text, of: "SiRF")
        case .pmtk705(let pmtk):
            changed {
                $0.firmware = Self.joined(pmtk.release, pmtk.build) ?? $0.firmware
                $0.product = Self.joined(pmtk.model, nil) ?? $0.product
                $0.vendor = $0.vendor ?? "MediaTek"
            }
        case .pmtk011(let pmtk): take(pmtk.text, of: "MediaTek")
        case .pqtmverno(let pqtm):
            changed {
                $0.firmware = Self.joined(pqtm.version, pqtm.buildDate) ?? $0.firmware
                $0.vendor = "Quectel"
            }
        case .pgrmt(let pgrmt):
            changed {
                $0.product = Self.joined(pgrmt.product, nil) ?? $0.product
                $0.vendor = "Garmin"
            }
        default: maker(sentence)
        }
    }

    mutating func name(_ device: String) { identity.device = device }

    private mutating func take(_ text: String?, of vendor: String) -> Bool {
        changed {
            $0.text = Self.cut(text) ?? $0.text
            $0.vendor = $0.vendor ?? vendor
        }
    }

    /// Who sends sentences that only one maker has.
    private mutating func maker(_ sentence: Sentence) -> Bool {
        switch sentence {
        case .pubx00, .pubx03, .pubx04: vendor("u-blox")
        case .pgrme, .pgrmf, .pgrmm, .pgrmz: vendor("Garmin")
        case .pmtk001, .pmtk010: vendor("MediaTek")
        case .pqtmepe, .pqtmvel, .pqtmtar: vendor("Quectel")
        case .psrf150, .psrfepe: vendor("SiRF")
        case .psti030, .psti032: vendor("SkyTraq")
        case .ptnlavr, .ptnlggk: vendor("Trimble")
        case .pmgnst: vendor("Magellan")
        default: false
        }
    }

    /// u-blox says at the start `HW UBX-M8030`, `FWVER=SPG 3.01`, `MOD=NEO-M8N`, `ROM CORE …`.
    private mutating func take(_ txt: TXT) -> Bool {
        guard let text = Self.cut(txt.text) else { return false }
        return changed {
            $0.text = text
            if text.hasPrefix("MOD=") { $0.product = String(text.dropFirst(4)) }
            if text.hasPrefix("FWVER=") { $0.firmware = String(text.dropFirst(6)) }
            if text.hasPrefix("EXT CORE ") || text.hasPrefix("ROM CORE ") {
                $0.firmware = $0.firmware ?? text
            }
            let isUblox =
                text.hasPrefix("u-blox") || text.hasPrefix("HW UBX") || text.hasPrefix("HW  UBX")
            if isUblox { $0.vendor = "u-blox" }
        }
    }

    private mutating func vendor(_ name: String) -> Bool {
        if identity.vendor != nil { return false }
        identity.vendor = name
        return true
    }

    private mutating func changed(_ change: (inout ReceiverIdentity) -> Void) -> Bool {
        let before = identity
        change(&identity)
        return identity != before
    }

    private static func joined(_ first: String?, _ second: String?) -> String? {
        let parts = [first, second].compactMap { $0 }.filter { !$0.isEmpty }
        return parts.isEmpty ? nil : cut(parts.joined(separator: " "))
    }

    private static func cut(_ text: String?) -> String? {
        text.map { String($0.unicodeScalars.prefix(maximumText)) }
    }
}
