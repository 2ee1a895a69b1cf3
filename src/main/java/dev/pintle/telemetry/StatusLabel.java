package dev.pintle.telemetry;

import java.util.Set;
import java.util.stream.IntStream;

/**
 * The label of a status code: a registered code, otherwise its class, so that an upstream cannot create unlimited
 * series.
 */
final class StatusLabel {
    /** The final codes of the IANA registry of HTTP status codes, 101 for a tunnel, and 499 for a disconnected client. */
    private static final Set<Integer> REGISTERED = Set.of(
            101, 200, 201, 202, 203, 204, 205, 206, 207, 208, 226, 300, 301, 302, 303, 304, 305, 307, 308, 400, 401,
            402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 421, 422, 423, 424, 425,
            426, 428, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 506, 507, 508, 510, 511);

    private static final String[] LABELS =
            IntStream.range(0, 1_000).mapToObj(StatusLabel::label).toArray(String[]::new);

    private StatusLabel() {}

    /**
     * Returns the label.
     *
     * @param status of three digits
     */
    static String of(int status) {
        return LABELS[status];
    }

    private static String label(int status) {
        return REGISTERED.contains(status) ? Integer.toString(status) : status / 100 + "xx";
    }
}
