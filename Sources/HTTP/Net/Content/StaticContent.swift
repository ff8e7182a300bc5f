// Files by name, out of memory. The table is made before the first request, from a folder or by
// hand, and is all that can be asked for: no request is ever turned into a path of the file
// system, so that there is nothing to climb out of. Each file has a strong tag of its bytes, and a
// compressed twin where that is worth it.
import FairleadEngine
import FairleadHTTPWire
import FairleadWire
import HTTPTypes

/// Content that does not change, by path.
public final class StaticContent {
    /// One file.
    struct File {
        let bytes: [UInt8]
        let type: String
        let state: ContentState
        /// The compressed form and its tag.
        let small: (bytes: [UInt8], tag: EntityTag)?
    }

    private var files: [String: File] = [:]
    /// The value of Cache-Control, when there is one.
    public var cacheControl: String?
    /// The file that answers for a folder.
    public var index = "index.html"
    /// Bytes of all files.
    public private(set) var byteCount = 0

    public init() {}

    /// Reads a folder, and those within it, into memory; links and what begins with a dot are left
    /// out. Blocks: for the start of a program.
    ///
    /// - Throws: `SystemError`; `EFBIG` above `maximum` bytes.
    public convenience init(
        folder: String, kernel: any Kernel = PosixKernel(), maximum: Int = 64 * 1024 * 1024
    ) throws(SystemError) {
        self.init()
        var left = maximum
        try kernel.readFolder(folder, &left) { name, bytes, modified in
            add(name, bytes, modified: HTTPDate(seconds: modified))
        }
    }

    /// Adds a file.
    ///
    /// - Parameters:
    ///   - name: its path below where the content is served, without a slash at the front.
    ///   - type: its media type; nil for that of the name's ending.
    public func add(
        _ name: String, _ bytes: [UInt8], type: String? = nil, modified: HTTPDate? = nil
    ) {
        let type = type ?? MediaType.name(ofFile: name)
        let tag = EntityTag(of: bytes.span)
        var small: (bytes: [UInt8], tag: EntityTag)?
        if bytes.count >= Gzip.smallest, MediaType.isCompressible(type),
            let made = Gzip.compress(bytes, level: 9),
            let other = EntityTag(tag.opaque + "-gz")
        {
            small = (made, other)
        }
        byteCount += bytes.count - (files[name]?.bytes.count ?? 0)
        files[name] = File(
            bytes: bytes, type: type, state: ContentState(tag: tag, modified: modified),
            small: small)
    }

    /// Adds a text.
    public func add(_ name: String, text: String, type: String? = nil) {
        add(name, Array(text.utf8), type: type)
    }

    /// The paths that there are.
    public var names: [String] { files.keys.sorted() }

    /// Answers a request for a file by its path below this content.
    public func serve(_ path: String, to exchange: HTTPExchange) {
        let isFolder = path.isEmpty || path.hasSuffix("/")
        guard let file = files[isFolder ? path + index : path] else {
            if !isFolder, files[path + "/" + index] != nil { return redirect(exchange) }
            return exchange.refuse(404)
        }
        guard exchange.method == .get || exchange.method == .head else {
            return exchange.refuse(405, fields: [.allow: "GET, HEAD, OPTIONS"])
        }
        let small = Gzip.isWanted(by: exchange.head) ? file.small : nil
        var fields: HTTPFields = [.contentType: file.type, .xContentTypeOptions: "nosniff"]
        if file.small != nil { fields[.vary] = "Accept-Encoding" }
        if small != nil { fields[.contentEncoding] = "gzip" }
        if let cacheControl { fields[.cacheControl] = cacheControl }
        exchange.respond(
            content: small?.bytes ?? file.bytes,
            ContentState(tag: small?.tag ?? file.state.tag, modified: file.state.modified), fields)
    }

    /// Serves everything below a path of a router.
    public func mount(on router: Router, at path: String = "/") {
        let prefix = path.hasSuffix("/") ? path : path + "/"
        router.get(prefix + "*file") { [self] exchange in
            serve(exchange.parameters["file"] ?? "", to: exchange)
        }
    }

    /// A folder's path ends with a slash, or the links on its page lead elsewhere.
    private func redirect(_ exchange: HTTPExchange) {
        let query = exchange.head.rawQuery.map { "?" + $0 } ?? ""
        exchange.respond(
            HTTPResponse(
                status: .movedPermanently,
                headerFields: [.location: exchange.head.rawPath + "/" + query]))
    }
}
