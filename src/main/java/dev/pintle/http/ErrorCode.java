package dev.pintle.http;

/** The cause of a response that the gateway generated or broke off: the stable {@code code} of problems, logs and {@code Proxy-Status}. */
public enum ErrorCode {
    NO_ROUTE("no-route", 404, "No route matches", "destination_not_found"),
    BAD_REQUEST("bad-request", 400, "The request is not valid HTTP", "http_request_error"),
    FORBIDDEN("forbidden", 403, "The client may not send this request", "http_request_denied"),
    REQUEST_TIMEOUT("request-timeout", 408, "The request was too slow", "http_request_error"),
    BODY_TOO_LARGE("body-too-large", 413, "The request body is too large", "http_request_error"),
    URI_TOO_LONG("uri-too-long", 414, "The request target is too long", "http_request_error"),
    HEADERS_TOO_LARGE("headers-too-large", 431, "The request head is too large", "http_request_error"),
    UNSUPPORTED(
            "unsupported", 501, "The request uses a feature that the gateway does not support", "http_request_error"),
    RATE_LIMITED("rate-limited", 429, "Too many requests", "http_request_denied"),
    CIRCUIT_OPEN("circuit-open", 503, "The circuit breaker is open", "destination_unavailable"),
    OVERLOADED("overloaded", 503, "Too many requests at once", "connection_limit_reached"),
    NO_HEALTHY_TARGET("no-healthy-target", 503, "No target is healthy", "destination_unavailable"),
    UPSTREAM_UNREACHABLE("upstream-unreachable", 502, "The upstream is unreachable", "connection_refused"),
    UPSTREAM_RESET("upstream-reset", 502, "The upstream closed the connection", "connection_terminated"),
    UPSTREAM_TIMEOUT("upstream-timeout", 504, "The upstream took too long", "http_response_timeout"),
    SHUTTING_DOWN("shutting-down", 503, "The gateway is shutting down", "destination_unavailable"),
    INTERNAL("internal", 500, "The gateway failed", "proxy_internal_error"),
    /** No response can be sent. The status appears in logs and metrics only. */
    CLIENT_GONE("client-gone", 499, "The client closed the connection", "connection_terminated");

    private final String text;
    private final int status;
    private final String title;
    private final String proxyError;

    ErrorCode(String text, int status, String title, String proxyError) {
        this.text = text;
        this.status = status;
        this.title = title;
        this.proxyError = proxyError;
    }

    /** The code in problems and logs, such as {@code no-route}. */
    public String text() {
        return text;
    }

    /** The status code of the response. */
    public int status() {
        return status;
    }

    /** A summary that is the same for every occurrence (RFC 9457 section 3.1.4). */
    public String title() {
        return title;
    }

    /** The error type of {@code Proxy-Status} (RFC 9209 section 2.3). */
    public String proxyError() {
        return proxyError;
    }
}
