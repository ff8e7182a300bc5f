// libudev behind a Swift face: which serial devices there are, what udev's data base calls them,
// which links its rules have made, and a descriptor that is readable when that changes. One of
// the named files that say `unsafe`. Every pointer here comes from libudev and is freed or given
// back within the function that got it, but for the library's context and the monitor, which
// live as long as their owners. Text is copied before anything else is called.
import CUdev
import FairleadEngine
import FairleadWire

/// The serial devices that udev knows.
@safe
public final class UdevSource: DeviceSource {
    private let context: OpaquePointer
    private let tree: SystemTree
    private let kernel: any Kernel

    /// Nil where there is no udev to ask, as in most containers.
    public init?(_ folders: DeviceFolders = DeviceFolders(), kernel: any Kernel = PosixKernel()) {
        guard kernel.status(of: folders.udev + "/control") != nil,
            let context = unsafe udev_new()
        else { return nil }
        unsafe self.context = unsafe context
        self.kernel = kernel
        tree = SystemTree(folders, kernel: kernel)
    }

    deinit { _ = unsafe udev_unref(context) }

    public func devices() -> [SerialDevice] {
        // Of the many terminals of a machine only those with hardware are worth asking udev about.
        tree.terminals().compactMap { name in
            guard let device = tree.device(name),
                let raw = unsafe udev_device_new_from_subsystem_sysname(context, "tty", name)
            else { return nil }
            defer { _ = unsafe udev_device_unref(raw) }
            // Before its rules are through, links and permissions are not what they shall be.
            guard unsafe udev_device_get_is_initialized(raw) > 0 else { return nil }
            return unsafe completed(device, raw)
        }.distinct()
    }

    /// A device with what udev's data base knows of it.
    private func completed(_ device: SerialDevice, _ raw: OpaquePointer) -> SerialDevice {
        var device = device
        var entry = unsafe udev_device_get_devlinks_list_entry(raw)
        while let item = unsafe entry {
            if let link = unsafe text(udev_list_entry_get_name(item)) { device.links.append(link) }
            unsafe entry = unsafe udev_list_entry_get_next(item)
        }
        device.links.sort()
        if device.vendor == nil {
            device.vendor = unsafe property("ID_VENDOR_FROM_DATABASE", of: raw)
        }
        if device.product == nil {
            device.product = unsafe property("ID_MODEL_FROM_DATABASE", of: raw)
        }
        return device
    }

    private func property(_ name: String, of raw: OpaquePointer) -> String? {
        unsafe text(udev_device_get_property_value(raw, name))
    }

    private func text(_ raw: UnsafePointer<CChar>?) -> String? {
        guard let raw = unsafe raw else { return nil }
        return deviceText(unsafe String(cString: raw))
    }

    /// A monitor of what udev has done with serial devices; nil when it cannot be had.
    func makeMonitor() -> UdevMonitor? { unsafe UdevMonitor(context) }
}

/// What udev tells when it has worked on a serial device.
@safe
final class UdevMonitor {
    private let monitor: OpaquePointer
    /// Readable when there is something to take; closed with the monitor.
    let descriptor: Int32

    fileprivate init?(_ context: OpaquePointer) {
        guard let monitor = unsafe udev_monitor_new_from_netlink(context, "udev") else {
            return nil
        }
        unsafe self.monitor = unsafe monitor
        let isReady =
            unsafe udev_monitor_filter_add_match_subsystem_devtype(monitor, "tty", nil) >= 0
            && udev_monitor_enable_receiving(monitor) >= 0
        descriptor = unsafe udev_monitor_get_fd(monitor)
        if !isReady || descriptor < 0 {
            _ = unsafe udev_monitor_unref(monitor)
            return nil
        }
    }

    deinit { _ = unsafe udev_monitor_unref(monitor) }

    /// Takes what has been told; gives how many events that were.
    func drain() -> Int {
        var count = 0
        while count < 1000, let device = unsafe udev_monitor_receive_device(monitor) {
            _ = unsafe udev_device_unref(device)
            count += 1
        }
        return count
    }
}
