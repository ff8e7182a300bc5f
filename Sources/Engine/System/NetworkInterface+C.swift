import CSystem

/// The index of a network interface, 0 where there is none of that name.
func networkInterfaceIndex(_ name: String) -> UInt32 {
    unsafe fl_interface_index(name)
}
