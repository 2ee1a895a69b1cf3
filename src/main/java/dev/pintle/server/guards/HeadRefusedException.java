package dev.pintle.server.guards;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

/** Signals a request head that the gateway rejects while Jetty parses it. */
public final class HeadRefusedException extends HttpException.RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates a refusal.
     *
     * @param status of the response
     * @param reason the detail of the response
     */
    HeadRefusedException(int status, String reason) {
        super(status, reason);
    }

    /** Returns the refusal of a head that violates HTTP. */
    public static HeadRefusedException malformed(String reason) {
        return new HeadRefusedException(HttpStatus.BAD_REQUEST_400, reason);
    }
}
