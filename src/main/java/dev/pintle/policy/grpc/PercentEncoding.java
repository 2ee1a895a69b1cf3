package dev.pintle.policy.grpc;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Encodes {@code grpc-message}: bytes of UTF-8, percent-encoded outside of printable ASCII. */
final class PercentEncoding {
    private PercentEncoding() {}

    static String of(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (each >= ' ' && each <= '~' && each != '%') {
                encoded.append((char) each);
            } else {
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", each));
            }
        }
        return encoded.toString();
    }
}
