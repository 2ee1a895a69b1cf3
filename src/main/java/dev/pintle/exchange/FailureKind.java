package dev.pintle.exchange;

/** How an exchange can fail, and whose fault it is. */
public enum FailureKind {
    /** No connection; nothing was sent. */
    CONNECT(Code.UPSTREAM_UNREACHABLE, Owner.UPSTREAM),
    /** Closed, reset, or answered what is not HTTP, before the response head; the request may have been seen. */
    RESET(Code.UPSTREAM_RESET, Owner.UPSTREAM),
    /** The attempt's or the exchange's time is over. */
    TIMEOUT(Code.UPSTREAM_TIMEOUT, Owner.UPSTREAM),
    /** The client's body is malformed or was cut. */
    CLIENT_BODY(Code.BAD_REQUEST, Owner.CLIENT),
    /** The client's body comes too slowly. */
    CLIENT_SLOW(Code.REQUEST_TIMEOUT, Owner.CLIENT),
    /** The client's body grew past its bound. */
    CLIENT_LARGE(Code.BODY_TOO_LARGE, Owner.CLIENT),
    /** The client left. */
    CLIENT_GONE(Code.CLIENT_GONE, Owner.CLIENT);

    /** Who is to blame; only an upstream's faults count against it. */
    public enum Owner {
        CLIENT,
        UPSTREAM
    }

    private final Code code;
    private final Owner owner;

    FailureKind(Code code, Owner owner) {
        this.code = code;
        this.owner = owner;
    }

    public Code code() {
        return code;
    }

    public Owner owner() {
        return owner;
    }
}
