package dev.pintle.http;

import java.util.Set;
import java.util.stream.Collectors;

/** The header {@code Connection}, which names headers that are not forwarded (RFC 9110 section 7.6.1). */
public final class ConnectionHeader {
    private ConnectionHeader() {}

    /**
     * The headers with a {@code Connection} that does not name some headers: the sender cannot name those that the gateway
     * sets.
     *
     * @param names {@linkplain HeaderNames#folded folded}
     */
    public static Headers withoutNames(Headers headers, Set<String> names) {
        if (names.isEmpty() || !headers.has("Connection")) {
            return headers;
        }
        String kept = headers.tokens("Connection").stream()
                .filter(token -> !names.contains(HeaderNames.folded(token)))
                .collect(Collectors.joining(", "));
        Headers.Builder changed = headers.toBuilder().remove("Connection");
        return (kept.isEmpty() ? changed : changed.add("Connection", kept)).build();
    }
}
