package dev.pintle.admin.problem;

/** The stable {@code code} of a problem of the admin API. */
public enum ApiErrorCode {
    BAD_REQUEST("bad-request", 400, "The request is not valid"),
    MALFORMED_JSON("malformed-json", 400, "The body cannot be read as JSON"),
    UNAUTHORIZED("unauthorized", 401, "The token is missing or wrong"),
    SESSION_ENDED("session-ended", 401, "The session of the console has ended"),
    CROSS_SITE("cross-site", 403, "The session of the console is for its own pages"),
    FORBIDDEN("forbidden", 403, "The token does not allow this"),
    NOT_FOUND("not-found", 404, "The resource does not exist"),
    NO_SUCH_REVISION("no-such-revision", 404, "The revision does not exist"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "The path does not support the method"),
    NOT_ACCEPTABLE("not-acceptable", 406, "The requested media type is not available"),
    REQUEST_TIMEOUT("request-timeout", 408, "The client sent the request too slowly"),
    ID_TAKEN("id-conflict", 409, "The id is in use"),
    MATCH_TAKEN("match-conflict", 409, "Another route matches the same requests"),
    IN_USE("in-use", 409, "Routes refer to the document"),
    CONFIRMATION_PENDING("confirmation-pending", 409, "The latest revision waits for its confirmation"),
    FLEET_TOO_OLD("fleet-too-old", 409, "A living node does not know a key of the document"),
    NOT_PENDING("not-pending", 409, "The revision waits for no confirmation"),
    REVERT_CONFLICT("revert-conflict", 409, "Later revisions changed the same documents"),
    OWNED_ELSEWHERE("owned-elsewhere", 409, "Another owner manages the documents"),
    REVISION_PRUNED("revision-pruned", 410, "The revision was pruned"),
    PRECONDITION_FAILED("precondition-failed", 412, "The precondition failed"),
    BODY_TOO_LARGE("body-too-large", 413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The media type of the body is not supported"),
    INVALID("invalid", 422, "The document is invalid"),
    LINT("lint", 422, "The lint has warnings"),
    TOO_MANY_FAILURES("too-many-failures", 429, "Too many requests had no valid token"),
    HEADERS_TOO_LARGE("headers-too-large", 431, "The request head is too large"),
    INTERNAL("internal", 500, "An internal error occurred"),
    STORE_BUSY("store-busy", 503, "The write conflicted with other writes for too long"),
    STORE_EMPTY("store-empty", 503, "PostgreSQL is empty, but this node has a configuration"),
    TOO_MANY_LISTENERS("too-many-listeners", 503, "The node streams to its maximum of listeners"),
    STORE_UNAVAILABLE("store-unavailable", 503, "PostgreSQL is unavailable");

    private final String code;
    private final int status;
    private final String title;

    ApiErrorCode(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    /** A summary that is the same for every occurrence (RFC 9457 section 3.1.4). */
    String title() {
        return title;
    }
}
