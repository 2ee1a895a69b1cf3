package dev.pintle.http;

/** The ways in which an exchange fails, each with the party at fault. */
public enum FailureKind {
    /** The connection failed; nothing was sent. */
    CONNECT(ErrorCode.UPSTREAM_UNREACHABLE, FaultParty.UPSTREAM),
    /** The upstream closed, reset, or sent invalid HTTP before the end of the response head. It may have processed the request. */
    RESET(ErrorCode.UPSTREAM_RESET, FaultParty.UPSTREAM),
    /** The time of the attempt or of the exchange is over. */
    TIMEOUT(ErrorCode.UPSTREAM_TIMEOUT, FaultParty.UPSTREAM),
    /** The deadline that the client set for its call has passed. */
    DEADLINE(ErrorCode.UPSTREAM_TIMEOUT, FaultParty.CLIENT),
    /** The upstream's response head exceeds the limit of the gateway. A retry would get the same head. */
    HEAD_TOO_LARGE(ErrorCode.UPSTREAM_RESET, FaultParty.GATEWAY),
    /** The client's body is malformed or incomplete. */
    CLIENT_BODY(ErrorCode.BAD_REQUEST, FaultParty.CLIENT),
    /** The client's body is too slow. */
    CLIENT_SLOW(ErrorCode.REQUEST_TIMEOUT, FaultParty.CLIENT),
    /** The client's body exceeds its limit. */
    CLIENT_LARGE(ErrorCode.BODY_TOO_LARGE, FaultParty.CLIENT),
    /** The client's head exceeds the limit of the upstream. */
    CLIENT_HEAD_LARGE(ErrorCode.HEADERS_TOO_LARGE, FaultParty.CLIENT),
    /** The client closed the connection. */
    CLIENT_GONE(ErrorCode.CLIENT_GONE, FaultParty.CLIENT),
    /** The node has no memory for the exchange. */
    OVERLOAD(ErrorCode.OVERLOADED, FaultParty.GATEWAY),
    /** The node shuts down and the exchange did not end within the grace period. */
    SHUTDOWN(ErrorCode.SHUTTING_DOWN, FaultParty.GATEWAY);

    /** The party at fault. Only faults of the upstream count against a target. */
    public enum FaultParty {
        CLIENT,
        UPSTREAM,
        GATEWAY
    }

    private final ErrorCode code;
    private final FaultParty faultParty;

    FailureKind(ErrorCode code, FaultParty faultParty) {
        this.code = code;
        this.faultParty = faultParty;
    }

    public ErrorCode code() {
        return code;
    }

    public FaultParty faultParty() {
        return faultParty;
    }
}
