import Synchronization

/// A value that several tasks or threads change.
final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) { state = Mutex(value) }

    var value: Value { state.withLock { $0 } }
    func set(_ value: Value) { state.withLock { $0 = value } }
    func change(_ body: @Sendable (inout Value) -> Void) { state.withLock { body(&$0) } }
}
