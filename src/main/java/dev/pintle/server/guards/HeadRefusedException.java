package dev.pintle.server.guards;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;

/** A request head that the gateway refuses while Jetty reads it. */
public final class HeadRefusedException extends HttpException.RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param status of the response
     * @param reason the detail of the response
     */
    HeadRefusedException(int status, String reason) {
        super(status, reason);
    }

    /** The refusal of a head that HTTP forbids. */
    public static HeadRefusedException malformed(String reason) {
        return new HeadRefusedException(HttpStatus.BAD_REQUEST_400, reason);
    }
}
