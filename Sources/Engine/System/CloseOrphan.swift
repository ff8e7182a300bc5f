import CSystem

/// Closes a descriptor that was opened on a worker thread and that nobody wanted in the end.
func closeOrphan(_ descriptor: Int32) { _ = fl_close(descriptor) }
