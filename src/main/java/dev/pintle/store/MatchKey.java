package dev.pintle.store;

import dev.pintle.config.RouteDocument;
import dev.pintle.crypto.Sha256;

/** The digest of what a route matches: equal for two routes that match exactly the same requests. */
final class MatchKey {
    private MatchKey() {}

    static String of(RouteDocument route) {
        return Sha256.hex(route.canonicalMatch());
    }
}
