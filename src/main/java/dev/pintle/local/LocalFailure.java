package dev.pintle.local;

/** What a machine cannot bring along, and why: one sentence for the operator. */
public final class LocalFailure extends Exception {
    private static final long serialVersionUID = 1L;

    LocalFailure(String sentence) {
        super(sentence);
    }

    LocalFailure(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
