package dev.pintle.http;

/** An exchange or an attempt without a response. It has no stack trace, because its cause is outside this process. */
public final class ExchangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureKind kind;
    private final ProxyStatusError proxyError;

    /**
     * Creates a failure.
     *
     * @param sentence the cause, with the address and the duration where they help
     */
    public ExchangeException(FailureKind kind, String sentence) {
        this(kind, kind.code().proxyError(), sentence);
    }

    /** Creates a failure with a more exact error type than that of its code. */
    public ExchangeException(FailureKind kind, ProxyStatusError proxyError, String sentence) {
        super(sentence, null, false, false);
        this.kind = kind;
        this.proxyError = proxyError;
    }

    public FailureKind kind() {
        return kind;
    }

    /** The error type of {@code Proxy-Status}. */
    public ProxyStatusError proxyError() {
        return proxyError;
    }

    /** The cause, as a sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
