// Generic, and used by whoever looks at a sentence: inlinable, or each look from another module
// would go through the generic machinery at fifty times the cost.

/// A short list without an allocation.
@frozen
public struct InlineList<let capacity: Int, Element: Hashable & Sendable>: Hashable, Sendable {
    @usableFromInline
    var used = 0

    /// How many elements there are.
    @inlinable
    public var count: Int { used }

    @usableFromInline
    var storage = InlineArray<capacity, Element?>(repeating: nil)

    @inlinable
    public init() {}

    /// The elements, as far as there is room for them.
    @inlinable
    public init(_ elements: some Sequence<Element>) {
        for element in elements { append(element) }
    }

    @inlinable
    public var isEmpty: Bool { count == 0 }

    /// Adds an element; false when there is no room for it.
    @inlinable
    @discardableResult
    public mutating func append(_ element: Element) -> Bool {
        guard count < capacity else { return false }
        storage[count] = element
        used += 1
        return true
    }

    /// The element at a place from 0; nil beyond the last one.
    @inlinable
    public subscript(index: Int) -> Element? {
        guard index >= 0, index < count else { return nil }
        return storage[index]
    }

    /// The elements as an array.
    @inlinable
    public var elements: [Element] { (0..<count).compactMap { self[$0] } }

    @inlinable
    public static func == (left: Self, right: Self) -> Bool {
        guard left.count == right.count else { return false }
        for index in 0..<left.count where left.storage[index] != right.storage[index] {
            return false
        }
        return true
    }

    @inlinable
    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        for index in 0..<count { hasher.combine(storage[index]) }
    }
}

extension InlineList: ExpressibleByArrayLiteral {
    @inlinable
    public init(arrayLiteral elements: Element...) { self.init(elements) }
}

/// A fixed number of places, each with a value or empty.
@frozen
public struct InlineSlots<let count: Int, Element: Hashable & Sendable>: Hashable, Sendable {
    @usableFromInline
    var storage = InlineArray<count, Element?>(repeating: nil)

    @inlinable
    public init() {}

    /// The value at a place from 0; nil where it is empty or beyond the last place.
    @inlinable
    public subscript(index: Int) -> Element? {
        get { index >= 0 && index < count ? storage[index] : nil }
        set {
            guard index >= 0, index < count else { return }
            storage[index] = newValue
        }
    }

    /// All places as an array.
    @inlinable
    public var values: [Element?] { (0..<count).map { storage[$0] } }

    @inlinable
    public static func == (left: Self, right: Self) -> Bool {
        for index in 0..<count where left.storage[index] != right.storage[index] { return false }
        return true
    }

    @inlinable
    public func hash(into hasher: inout Hasher) {
        for index in 0..<count { hasher.combine(storage[index]) }
    }
}

extension InlineSlots: ExpressibleByArrayLiteral {
    /// The first places; more than there are is left out.
    @inlinable
    public init(arrayLiteral elements: Element?...) {
        for (index, element) in elements.enumerated() { self[index] = element }
    }
}
