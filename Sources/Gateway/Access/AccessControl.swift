// Who may change something: the holder of a token's secret. One place for all outlets, so that
// there is one limit for all failed attempts. A wrong secret, an unknown one and a revoked one are
// the same.

import FairleadEngine
import FairleadWire

/// Judges attempts to do more than read.
final class AccessControl {
    /// What becomes of an attempt.
    enum Verdict: Hashable {
        case allowed(AccessToken)
        case refused
        /// A token of another scope.
        case outOfScope
        /// Too many have failed; it was not looked at.
        case tooMany
    }

    private let store: TokenStore?
    private let reactor: Reactor
    private var limiter = AttemptLimiter()

    /// - Parameter state: the state folder; without one there are no tokens.
    init(state: String?, on reactor: Reactor) {
        self.reactor = reactor
        store = state.map { TokenStore(state: $0, kernel: reactor.kernel) }
    }

    /// Judges a secret that came from an address.
    func judge(
        _ secret: String, for scope: AccessToken.Scope, from address: TransportAddress
    ) -> Verdict {
        let source = Self.source(address)
        let now = reactor.now
        guard limiter.allows(source, at: now) else { return .tooMany }
        guard let token = token(of: secret) else {
            limiter.failed(source, at: now)
            reactor.log(.warning, "a wrong token from \(source)")
            return .refused
        }
        return scope == .read || token.scope == .control ? .allowed(token) : .outOfScope
    }

    /// Whether a token that was allowed is one still: whoever revokes it means at once.
    func knows(_ token: AccessToken) -> Bool { store?.all.contains(token) ?? false }

    /// Every stored hash is compared, and every byte of it, whatever the first ones are.
    private func token(of secret: String) -> AccessToken? {
        guard secret.utf8.count <= 200 else { return nil }
        let hash = Array(AccessToken.hash(of: secret).utf8)
        var found: AccessToken?
        for token in store?.all ?? [] {
            var difference: UInt8 = 0
            for (one, other) in zip(hash, token.hash.utf8) { difference |= one ^ other }
            if difference == 0 { found = token }
        }
        return found
    }

    /// An address without its port; of IPv6 the network, which one machine may have whole.
    private static func source(_ address: TransportAddress) -> String {
        switch address.socketAddress {
        case .ipv4(let address, _): return address.description
        case .ipv6(let address, _, _):
            if address.value >> 32 == 0xFFFF {
                return IPv4Address(value: UInt32(truncatingIfNeeded: address.value)).description
            }
            return "\(IPv6Address(value: (address.value >> 64) << 64))/64"
        case .unix, .abstract, .unnamed, nil: return "this machine"
        }
    }
}
