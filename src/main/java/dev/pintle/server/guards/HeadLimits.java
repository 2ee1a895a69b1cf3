package dev.pintle.server.guards;

import org.eclipse.jetty.http.HttpStatus;

/**
 * The limits on request heads that Jetty lacks.
 *
 * @param maxHeaders headers and trailers of one request
 * @param budget the memory of all heads together
 */
public record HeadLimits(int maxHeaders, HeadBudget budget) {
    /** No limits, for connectors outside the gateway. */
    public static final HeadLimits NONE = new HeadLimits(Integer.MAX_VALUE, new HeadBudget(Long.MAX_VALUE));

    /**
     * Checks the number of headers and trailers.
     *
     * @throws HeadRefusedException when it exceeds the limit
     */
    public void checkHeaders(int headers) {
        if (headers > maxHeaders) {
            throw new HeadRefusedException(
                    HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431,
                    "the request has more than " + maxHeaders + " headers; send fewer");
        }
    }

    /**
     * Checks the size of a head that Jetty has parsed beyond its own limit.
     *
     * @throws HeadRefusedException when it exceeds the limit
     */
    public static void checkBytes(long bytes, int maxBytes) {
        if (bytes > maxBytes) {
            throw new HeadRefusedException(
                    HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431,
                    "the request head has more than " + maxBytes + " bytes; send fewer");
        }
    }

    /** Returns the refusal of a head when the budget is exhausted. */
    public static HeadRefusedException overloaded() {
        return new HeadRefusedException(
                HttpStatus.SERVICE_UNAVAILABLE_503,
                "the memory for large request heads is exhausted; retry, or send a smaller head");
    }
}
