package dev.pintle.conformance;

import java.io.IOException;

/** Signals a message that is not valid HTTP/1.1. */
final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    ProtocolException(String message) {
        super(message);
    }
}
