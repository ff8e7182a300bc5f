import CSystem
import FairleadWire
import Glibc

extension PosixKernel {
    public func windowSize(of descriptor: Int32) -> (rows: Int, columns: Int)? {
        let size = fl_window_size(descriptor)
        guard size >= 0 else { return nil }
        // A terminal that does not know is taken for the one that all others imitate.
        let (rows, columns) = (Int(size >> 16), Int(size & 0xFFFF))
        return (rows == 0 ? 24 : rows, columns == 0 ? 80 : columns)
    }

    public func openLine(_ path: String) -> SystemResult {
        if path.utf8.contains(0) { return .failure(EINVAL) }
        return opened(unsafe fl_line_open(path))
    }

    public func lineState(of descriptor: Int32) -> Result<LineState, SystemError> {
        var state = fl_line_state()
        let result = unsafe fl_line_save(descriptor, &state)
        if result < 0 { return .failure(SystemError(-result, "termios")) }
        return unsafe withUnsafeBytes(of: &state) { raw in
            .success(LineState(words: unsafe Array(raw.bindMemory(to: UInt64.self))))
        }
    }

    public func restoreLine(_ descriptor: Int32, to state: LineState) -> SystemResult {
        var raw = fl_line_state()
        guard state.words.count * 8 == MemoryLayout<fl_line_state>.size else {
            return .failure(EINVAL)
        }
        unsafe withUnsafeMutableBytes(of: &raw) { target in
            unsafe state.words.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
        }
        return unsafe SystemResult(fl_line_restore(descriptor, &raw))
    }

    public func setLine(_ descriptor: Int32, to settings: SerialSettings) -> SystemResult {
        guard settings.isValid else { return .failure(EINVAL) }
        var line = fl_line(
            baud: UInt32(clamping: settings.baud), data_bits: UInt8(clamping: settings.dataBits),
            parity: 0, stop_bits: UInt8(clamping: settings.stopBits), flow: 0,
            hang_up_on_close: settings.hangUpOnClose ? 1 : 0)
        line.parity = Self.index(of: settings.parity)
        line.flow = Self.index(of: settings.flowControl)
        return unsafe SystemResult(fl_line_set(descriptor, &line))
    }

    public func lineSettings(of descriptor: Int32) -> SerialSettings? {
        var line = fl_line()
        guard unsafe fl_line_get(descriptor, &line) == 0 else { return nil }
        return SerialSettings(
            baud: Int(line.baud), dataBits: Int(line.data_bits),
            parity: Self.member(line.parity, .none), stopBits: Int(line.stop_bits),
            flowControl: Self.member(line.flow, .none), hangUpOnClose: line.hang_up_on_close != 0)
    }

    public func isLineExclusive(_ descriptor: Int32) -> SystemResult {
        SystemResult(fl_line_is_exclusive(descriptor))
    }

    public func setLineExclusive(_ descriptor: Int32, _ on: Bool) -> SystemResult {
        SystemResult(fl_line_exclusive(descriptor, on ? 1 : 0))
    }

    public func lockLine(_ descriptor: Int32) -> SystemResult {
        SystemResult(fl_line_lock(descriptor))
    }

    public func holders(of path: String) -> [FileHolder] { fileHolders(of: path) }

    public func modemLines(of descriptor: Int32) -> SystemResult {
        SystemResult(fl_line_modem(descriptor))
    }

    public func setModemLines(_ lines: ModemLines, of descriptor: Int32, _ on: Bool)
        -> SystemResult
    {
        let bits = lines.intersection(.ours).rawValue
        return SystemResult(fl_line_modem_change(descriptor, on ? bits : 0, on ? 0 : bits))
    }

    public func setBreak(_ descriptor: Int32, _ on: Bool) -> SystemResult {
        SystemResult(fl_line_break(descriptor, on ? 1 : 0))
    }

    public func discard(_ queue: SerialQueue, of descriptor: Int32) -> SystemResult {
        let which: Int32 =
            switch queue {
            case .input: 1
            case .output: 2
            case .both: 3
            }
        return SystemResult(fl_line_discard(descriptor, which))
    }

    public func unsentBytes(of descriptor: Int32) -> SystemResult {
        SystemResult(fl_line_unsent(descriptor))
    }

    public func openPseudoTerminal() -> SystemResult { opened(fl_pty_open()) }

    public func pseudoTerminalPath(of descriptor: Int32) -> String? {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { buffer in
            guard let base = buffer.baseAddress,
                unsafe fl_pty_path(descriptor, base, Int32(buffer.count)) == 0
            else { return nil }
            return unsafe String(cString: base)
        }
    }

    /// The shims name enumerations by their order, which is that of the cases.
    private static func index<Case: CaseIterable & Equatable>(of member: Case) -> UInt8 {
        UInt8(clamping: Array(Case.allCases).firstIndex(of: member) ?? 0)
    }

    private static func member<Case: CaseIterable>(_ index: UInt8, _ fallback: Case) -> Case {
        let all = Array(Case.allCases)
        return Int(index) < all.count ? all[Int(index)] : fallback
    }
}
