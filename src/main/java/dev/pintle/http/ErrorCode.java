package dev.pintle.http;

/**
 * The cause of a response that the gateway generated or broke off: the stable {@code code} of problems, logs and
 * {@code Proxy-Status}.
 */
public enum ErrorCode {
    NO_ROUTE("no-route", 404, "No route matches", ProxyStatusError.DESTINATION_NOT_FOUND),
    BAD_REQUEST("bad-request", 400, "The request is not valid HTTP", ProxyStatusError.HTTP_REQUEST_ERROR),
    UNAUTHENTICATED("unauthenticated", 401, "The request has no credential", ProxyStatusError.HTTP_REQUEST_DENIED),
    TOKEN_EXPIRED("token-expired", 401, "The token has expired", ProxyStatusError.HTTP_REQUEST_DENIED),
    CREDENTIALS_INVALID("credentials-invalid", 401, "A credential is not valid", ProxyStatusError.HTTP_REQUEST_DENIED),
    IDENTITY_UNAVAILABLE(
            "identity-unavailable", 503, "Credentials cannot be verified now", ProxyStatusError.HTTP_REQUEST_DENIED),
    FORBIDDEN("forbidden", 403, "The client may not send this request", ProxyStatusError.HTTP_REQUEST_DENIED),
    REQUEST_TIMEOUT("request-timeout", 408, "The request was too slow", ProxyStatusError.HTTP_REQUEST_ERROR),
    BODY_TOO_LARGE("body-too-large", 413, "The request body is too large", ProxyStatusError.HTTP_REQUEST_ERROR),
    URI_TOO_LONG("uri-too-long", 414, "The request target is too long", ProxyStatusError.HTTP_REQUEST_ERROR),
    HEADERS_TOO_LARGE("headers-too-large", 431, "The request head is too large", ProxyStatusError.HTTP_REQUEST_ERROR),
    UNSUPPORTED(
            "unsupported",
            501,
            "The request uses a feature that the gateway does not support",
            ProxyStatusError.HTTP_REQUEST_ERROR),
    RATE_LIMITED("rate-limited", 429, "Too many requests", ProxyStatusError.HTTP_REQUEST_DENIED),
    CIRCUIT_OPEN("circuit-open", 503, "The circuit breaker is open", ProxyStatusError.DESTINATION_UNAVAILABLE),
    OVERLOADED("overloaded", 503, "Too many requests at once", ProxyStatusError.CONNECTION_LIMIT_REACHED),
    NO_HEALTHY_TARGET("no-healthy-target", 503, "No target is healthy", ProxyStatusError.DESTINATION_UNAVAILABLE),
    UPSTREAM_UNREACHABLE(
            "upstream-unreachable", 502, "The upstream is unreachable", ProxyStatusError.CONNECTION_REFUSED),
    UPSTREAM_RESET("upstream-reset", 502, "The upstream closed the connection", ProxyStatusError.CONNECTION_TERMINATED),
    UPSTREAM_TIMEOUT("upstream-timeout", 504, "The upstream took too long", ProxyStatusError.HTTP_RESPONSE_TIMEOUT),
    MAINTENANCE("maintenance", 503, "The route is closed for maintenance", ProxyStatusError.DESTINATION_UNAVAILABLE),
    CONFIGURATION_REJECTED(
            "configuration-rejected",
            503,
            "The node cannot run the configuration of the route",
            ProxyStatusError.PROXY_CONFIGURATION_ERROR),
    SHUTTING_DOWN("shutting-down", 503, "The gateway is shutting down", ProxyStatusError.DESTINATION_UNAVAILABLE),
    INTERNAL("internal", 500, "The gateway failed", ProxyStatusError.PROXY_INTERNAL_ERROR),
    /** No response can be sent. The status appears in logs and metrics only. */
    CLIENT_GONE("client-gone", 499, "The client closed the connection", ProxyStatusError.CONNECTION_TERMINATED);

    private final String text;
    private final int status;
    private final String title;
    private final ProxyStatusError proxyError;

    ErrorCode(String text, int status, String title, ProxyStatusError proxyError) {
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

    /** The error type of {@code Proxy-Status} when no failure names a more exact one. */
    public ProxyStatusError proxyError() {
        return proxyError;
    }
}
