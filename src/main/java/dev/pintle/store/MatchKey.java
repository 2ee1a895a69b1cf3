package dev.pintle.store;

import dev.pintle.config.RouteDocument;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What a route matches, digested: equal for two routes that take exactly the same requests. SHA-256, in hex. */
final class MatchKey {
    private MatchKey() {}

    static String of(RouteDocument route) {
        byte[] match = route.canonicalMatch().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(sha256().digest(match));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
