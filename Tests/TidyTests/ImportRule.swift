/// A file imports what its layer may: what Package.swift says, and no platform in Wire.
struct ImportRule: Rule {
    let layers: [Layer]
    /// Parts of the toolchain that every layer but the Wire ones may use.
    static let platform: Set = ["Glibc", "Darwin", "Synchronization"]

    func findings(in file: SourceFile) -> [Finding] {
        guard file.isIn("Sources"), let tokens = file.code?.tokens else { return [] }
        let layer = layers.filter { file.isIn($0.folder) }.max { $0.folder.count < $1.folder.count }
        guard let layer else {
            return [file.finding(1, "a folder that Package.swift does not know")]
        }
        var allowed = layer.uses
        if !layer.isWire { allowed.formUnion(Self.platform) }
        return tokens.indices.dropLast().compactMap { index in
            guard tokens[index].text == "import" else { return nil }
            let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
            let isOne = kinds.contains(tokens[index + 1].text) && index + 2 < tokens.count
            let module = tokens[isOne ? index + 2 : index + 1].text
            if allowed.contains(module) { return nil }
            return file.finding(tokens[index].line, "\(layer.name) may not import \(module)")
        }
    }
}
