package dev.pintle.conformance;

/** Messages for the cases. */
final class RawMessages {
    /** A request that an attacker hides after or inside another request. */
    static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

    private RawMessages() {}

    /** Returns a head of exactly these lines. */
    static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    static String get(String target, String... fields) {
        return request("GET " + target, fields);
    }

    /**
     * Returns a request.
     *
     * @param line method and target
     */
    static String request(String line, String... fields) {
        return line + " HTTP/1.1\r\nHost: h\r\n" + lines(fields) + "\r\n";
    }

    static String post(String... fields) {
        return request("POST /x", fields);
    }

    /** Returns a request with these chunks as content. */
    static String chunked(String chunks, String... fields) {
        return "POST /x HTTP/1.1\r\nHost: h\r\n" + lines(fields) + "Transfer-Encoding: chunked\r\n\r\n" + chunks;
    }

    /** Returns a response of an upstream. */
    static String ok(String content, String... fields) {
        return "HTTP/1.1 200 OK\r\n" + lines(fields) + "\r\n" + content;
    }

    private static String lines(String... fields) {
        StringBuilder lines = new StringBuilder();
        for (String field : fields) {
            lines.append(field).append("\r\n");
        }
        return lines.toString();
    }
}
