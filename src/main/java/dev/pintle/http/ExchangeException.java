package dev.pintle.http;

/** An exchange or an attempt without a response. It has no stack trace, because its cause is outside this process. */
public final class ExchangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    /**
     * Creates a failure.
     *
     * @param sentence the cause, with the address and the duration where they help
     */
    public ExchangeException(FailureKind kind, String sentence) {
        super(sentence, null, false, false);
        this.kind = kind;
    }

    public FailureKind kind() {
        return kind;
    }

    /** The cause, as a sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
