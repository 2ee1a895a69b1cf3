package dev.pintle.embedded;

/** What a machine cannot bring along, and why: one sentence for the operator. */
public final class EmbeddedDatabaseException extends Exception {
    private static final long serialVersionUID = 1L;

    EmbeddedDatabaseException(String sentence) {
        super(sentence);
    }

    EmbeddedDatabaseException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
