package dev.pintle.conformance;

import java.io.IOException;

/** A message that is not HTTP/1.1. */
final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    ProtocolException(String message) {
        super(message);
    }
}
