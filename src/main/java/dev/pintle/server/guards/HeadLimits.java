package dev.pintle.server.guards;

import org.eclipse.jetty.http.HttpStatus;

/**
 * The bounds on request heads that Jetty does not have.
 *
 * @param maxHeaders headers and trailers of one request
 * @param budget the memory of all heads together
 */
public record HeadLimits(int maxHeaders, HeadBudget budget) {
    /** No bounds: those of a connector that no gateway configured. */
    public static final HeadLimits NONE = new HeadLimits(Integer.MAX_VALUE, new HeadBudget(Long.MAX_VALUE));

    /**
     * Checks the number of headers and trailers.
     *
     * @throws HeadRefusedException when there are too many
     */
    public void checkHeaders(int headers) {
        if (headers > maxHeaders) {
            throw new HeadRefusedException(
                    HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431,
                    "the request has more than " + maxHeaders + " headers; send fewer");
        }
    }

    /**
     * Checks the bytes of a head that Jetty has read in spite of its bound.
     *
     * @throws HeadRefusedException when there are too many
     */
    public static void checkBytes(long bytes, int maxBytes) {
        if (bytes > maxBytes) {
            throw new HeadRefusedException(
                    HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431,
                    "the request head has more than " + maxBytes + " bytes; send fewer");
        }
    }

    /** The refusal of a head that the budget has no room for. */
    public static HeadRefusedException overloaded() {
        return new HeadRefusedException(
                HttpStatus.SERVICE_UNAVAILABLE_503,
                "large request heads take all of the memory set aside for them; retry, or send a smaller head");
    }
}
