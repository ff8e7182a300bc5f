import FairleadEngine

extension AttachmentState.Unsuitable {
    /// What a name stands for, where that can be seen without opening it.
    init?(_ kind: FileStatus.Kind) {
        switch kind {
        case .characterDevice, .symbolicLink: return nil
        case .regular: self = .regularFile
        case .folder: self = .folder
        case .fifo: self = .fifo
        case .socket: self = .socket
        case .other: self = .other
        }
    }
}

extension DeviceAttachment {
    /// What to open now; nil when it is not there.
    func locate() -> String? {
        switch target {
        case .path(let path):
            // Once it was open it is that device which is meant, not whatever is called so now.
            if let identity, let device = monitor.device(identity) { return device.node }
            return reactor.kernel.realPath(of: path) == nil ? nil : path
        case .identity(let identity): return monitor.device(identity)?.node
        case .any: return likeliestReceiver()?.node
        }
    }

    /// The device that was attached before, else the one that most looks like a receiver.
    private func likeliestReceiver() -> SerialDevice? {
        let free = monitor.devices.filter { device in
            device.kind.mayBeReceiver && !monitor.isClaimed(device.identity, byOtherThan: self)
        }
        let receivers = free.filter { $0.kind.role == .receiver }
        let candidates = receivers + free.filter { $0.kind.role != .receiver }
        guard let identity, let place = candidates.firstIndex(where: { $0.identity == identity })
        else { return candidates.first }
        // The one that was tried last, unless it was in vain: then the next.
        return state.isLineTrouble || state.isOpeningTrouble
            ? candidates[(place + 1) % candidates.count] : candidates[place]
    }
}
