package dev.pintle.conformance;

/** The messages that cases are written with. */
final class RawMessages {
    /** What an attacker hides behind or inside of another request. */
    static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: h\r\n\r\n";

    private RawMessages() {}

    /** A head of exactly these lines. */
    static String head(String... lines) {
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    static String get(String target, String... fields) {
        return request("GET " + target, fields);
    }

    /** @param line method and target */
    static String request(String line, String... fields) {
        return line + " HTTP/1.1\r\nHost: h\r\n" + lines(fields) + "\r\n";
    }

    static String post(String... fields) {
        return request("POST /x", fields);
    }

    /** A request whose content is written in chunks as given. */
    static String chunked(String chunks, String... fields) {
        return "POST /x HTTP/1.1\r\nHost: h\r\n" + lines(fields) + "Transfer-Encoding: chunked\r\n\r\n" + chunks;
    }

    /** An answer of an upstream. */
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
