package dev.pintle.telemetry.otlp;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Identity;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.StatusCode;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names and attributes of spans by the OpenTelemetry semantic conventions for HTTP. Spans omit queries, client
 * addresses and headers, which may be secret; the access log has settings for them.
 */
final class SemanticConventions {
    static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ORIGINAL_METHOD = AttributeKey.stringKey("http.request.method_original");
    private static final AttributeKey<Long> RESEND_COUNT = AttributeKey.longKey("http.request.resend_count");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> URL = AttributeKey.stringKey("url.full");
    private static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> PROTOCOL_VERSION = AttributeKey.stringKey("network.protocol.version");
    private static final AttributeKey<String> ROUTE_ID = AttributeKey.stringKey("pintle.route");
    private static final AttributeKey<String> END_USER = AttributeKey.stringKey("enduser.id");
    private static final AttributeKey<String> CODE = AttributeKey.stringKey("pintle.code");

    private static final Set<String> KNOWN_METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY");
    private static final String OTHER = "_OTHER";

    private SemanticConventions() {}

    static String exchangeName(Exchange exchange) {
        String pattern = exchange.context().pattern();
        return pattern == null ? attemptName(exchange) : attemptName(exchange) + ' ' + pattern;
    }

    /** Returns a known method, or HTTP, so that clients cannot create unlimited names. */
    static String attemptName(Exchange exchange) {
        String method = exchange.request().method();
        return KNOWN_METHODS.contains(method) ? method : "HTTP";
    }

    static Attributes exchange(Exchange exchange, ExchangeResult result) {
        GatewayRequest request = exchange.request();
        ExchangeContext context = exchange.context();
        AttributesBuilder attributes = Attributes.builder();
        method(attributes, request.method());
        attributes
                .put(SCHEME, request.scheme())
                .put(PATH, request.path())
                .put(PROTOCOL_VERSION, version(exchange.client().protocol()))
                .put(ROUTE_ID, context.route())
                .put(STATUS, (long) result.status());
        optional(attributes, ROUTE, context.pattern());
        server(attributes, request.scheme() + "://" + request.authority());
        ErrorCode code = context.code();
        if (code != null) {
            attributes.put(CODE, code.text());
        }
        if (status(context, result) == StatusCode.ERROR) {
            attributes.put(ERROR_TYPE, code == null ? Integer.toString(result.status()) : code.text());
        }
        return attributes.build();
    }

    /** The consumer, or else the subject of the token. A client without either has no attribute. */
    static Attributes endUser(Identity identity) {
        AttributesBuilder attributes = Attributes.builder();
        optional(attributes, END_USER, identity.consumer() == null ? identity.claim("sub") : identity.consumer());
        return attributes.build();
    }

    /**
     * Returns the span status. A 4xx response is not an error of the server. A response that broke off is an error,
     * with any status.
     */
    static StatusCode status(ExchangeContext context, ExchangeResult result) {
        boolean truncated = context.code() != null && result.status() < 400;
        return result.status() >= 500 || truncated ? StatusCode.ERROR : StatusCode.UNSET;
    }

    static Attributes attempt(Exchange exchange, String target) {
        GatewayRequest request = exchange.request();
        AttributesBuilder attributes = Attributes.builder();
        method(attributes, request.method());
        String base = target.endsWith("/") ? target.substring(0, target.length() - 1) : target;
        attributes.put(URL, base + request.path());
        server(attributes, target);
        int retries = exchange.context().attempts() - 1;
        if (retries > 0) {
            attributes.put(RESEND_COUNT, (long) retries);
        }
        return attributes.build();
    }

    private static void method(AttributesBuilder attributes, String method) {
        boolean known = KNOWN_METHODS.contains(method);
        attributes.put(METHOD, known ? method : OTHER);
        if (!known) {
            attributes.put(ORIGINAL_METHOD, method);
        }
    }

    /** Adds the host and the port, unless the client requested an invalid host. */
    private static void server(AttributesBuilder attributes, String url) {
        try {
            URI uri = URI.create(url);
            optional(attributes, SERVER_ADDRESS, uri.getHost());
            if (uri.getPort() >= 0) {
                attributes.put(SERVER_PORT, (long) uri.getPort());
            }
        } catch (IllegalArgumentException e) {
            // The span gets no server attributes.
        }
    }

    private static void optional(AttributesBuilder attributes, AttributeKey<String> key, @Nullable String value) {
        if (value != null) {
            attributes.put(key, value);
        }
    }

    private static String version(String protocol) {
        return protocol.substring(protocol.indexOf('/') + 1);
    }
}
