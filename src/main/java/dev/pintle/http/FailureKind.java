package dev.pintle.http;

/** How an exchange can fail, and whose fault it is. */
public enum FailureKind {
    /** No connection; nothing was sent. */
    CONNECT(ErrorCode.UPSTREAM_UNREACHABLE, FaultParty.UPSTREAM),
    /** Closed, reset, or answered what is not HTTP, before the response head; the request may have been seen. */
    RESET(ErrorCode.UPSTREAM_RESET, FaultParty.UPSTREAM),
    /** The attempt's or the exchange's time is over. */
    TIMEOUT(ErrorCode.UPSTREAM_TIMEOUT, FaultParty.UPSTREAM),
    /** The client's body is malformed or was cut. */
    CLIENT_BODY(ErrorCode.BAD_REQUEST, FaultParty.CLIENT),
    /** The client's body comes too slowly. */
    CLIENT_SLOW(ErrorCode.REQUEST_TIMEOUT, FaultParty.CLIENT),
    /** The client's body grew past its bound. */
    CLIENT_LARGE(ErrorCode.BODY_TOO_LARGE, FaultParty.CLIENT),
    /** The client left. */
    CLIENT_GONE(ErrorCode.CLIENT_GONE, FaultParty.CLIENT),
    /** The node has no memory left for the exchange. */
    OVERLOAD(ErrorCode.OVERLOADED, FaultParty.GATEWAY),
    /** The node shuts down, and the exchange did not end within the grace period. */
    SHUTDOWN(ErrorCode.SHUTTING_DOWN, FaultParty.GATEWAY);

    /** Who is to blame; only an upstream's faults count against it. */
    public enum FaultParty {
        CLIENT,
        UPSTREAM,
        GATEWAY
    }

    private final ErrorCode code;
    private final FaultParty owner;

    FailureKind(ErrorCode code, FaultParty owner) {
        this.code = code;
        this.owner = owner;
    }

    public ErrorCode code() {
        return code;
    }

    public FaultParty owner() {
        return owner;
    }
}
