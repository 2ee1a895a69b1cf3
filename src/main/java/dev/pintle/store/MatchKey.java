package dev.pintle.store;

import dev.pintle.config.RouteDocument;
import dev.pintle.crypto.Sha256;

/** Computes a digest of a route's match, equal for routes that match exactly the same requests. */
final class MatchKey {
    private MatchKey() {}

    static String of(RouteDocument route) {
        return Sha256.hex(route.canonicalMatch());
    }
}
