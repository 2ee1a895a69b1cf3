package dev.pintle.server.proxyprotocol;

import java.io.Serial;

/** The bytes at the beginning of a connection are no PROXY header. */
final class MalformedProxyHeaderException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String fault;

    /**
     * Creates the exception.
     *
     * @param fault completes "the connection …"
     */
    MalformedProxyHeaderException(String fault) {
        super(fault, null, false, false);
        this.fault = fault;
    }

    String fault() {
        return fault;
    }
}
