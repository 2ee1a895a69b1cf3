package dev.pintle.identity;

/** A token is not valid. The message says why and repeats nothing of the token. It has no stack trace: clients cause it. */
final class InvalidTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidTokenException(String message) {
        super(message, null, false, false);
    }
}
