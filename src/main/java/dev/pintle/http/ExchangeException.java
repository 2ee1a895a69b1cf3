package dev.pintle.http;

/** An exchange, or one attempt of it, that got no answer. It carries no stack trace: it says what happened out there. */
public final class ExchangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;

    /**
     * A failure and its story.
     *
     * @param sentence what happened, with the address and the time it took where they help
     */
    public ExchangeException(FailureKind kind, String sentence) {
        super(sentence, null, false, false);
        this.kind = kind;
    }

    public FailureKind kind() {
        return kind;
    }

    /** What happened, as a sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
