package dev.pintle.soak;

import org.jspecify.annotations.Nullable;

/**
 * A client request.
 *
 * @param repeatable whether the client may repeat it when its idle connection turns out to be closed
 * @param expected the only valid body; null accepts all
 */
record ClientRequest(
        int port,
        String octets,
        boolean repeatable,
        @Nullable String expected) {
    static ClientRequest get(int port, String path, @Nullable String expected) {
        return new ClientRequest(port, "GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n", true, expected);
    }

    static ClientRequest post(int port, String path, String body) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return new ClientRequest(port, head + body, false, null);
    }
}
