/// A way in: it tells the hub of devices and of what they say, and goes on whatever happens.
protocol Source: AnyObject {
    /// As the configuration has it.
    var description: String { get }
    func start()
    /// Closes what is open; nothing is told after that.
    func stop()
}
