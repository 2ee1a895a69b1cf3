package dev.pintle.upstream.http2;

import dev.pintle.http.Body;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Grpc;
import dev.pintle.http.GrpcDeadline;
import dev.pintle.upstream.target.Target;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.jspecify.annotations.Nullable;

/** Builds the HEADERS frame of a request. */
final class Http2RequestHead {
    /** Headers that HTTP/2 forbids or expresses differently (RFC 9113 section 8.2.2). */
    private static final Set<String> NOT_FORWARDED = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "upgrade",
            "transfer-encoding",
            "http2-settings",
            "te",
            "host",
            "content-length");

    /** Each header counts more than its name and value (RFC 9113 section 6.5.2). */
    private static final int HEADER_OVERHEAD = 32;

    private Http2RequestHead() {}

    /**
     * The frame of a request.
     *
     * @param maxBytes the largest head that the target accepts
     * @throws ExchangeException when the head is larger
     */
    static HeadersFrame of(Target target, Exchange exchange, long maxBytes) {
        GatewayRequest request = exchange.request();
        HttpURI uri = HttpURI.build()
                .scheme(target.isSecure() ? "https" : "http")
                .authority(request.authority().isEmpty() ? target.authority() : request.authority())
                .pathQuery(target.join(request.path()) + (request.query() == null ? "" : '?' + request.query()));
        HttpFields fields = fields(request, exchange.context().grpcDeadline());
        MetaData.Request head = new MetaData.Request(request.method(), uri, HttpVersion.HTTP_2, fields);
        if (size(head) > maxBytes) {
            throw new ExchangeException(
                    FailureKind.CLIENT_HEAD_LARGE,
                    "the request head is larger than the " + maxBytes + " bytes that " + target + " accepts");
        }
        return new HeadersFrame(head, null, request.body().length() == 0);
    }

    private static HttpFields fields(GatewayRequest request, @Nullable GrpcDeadline deadline) {
        HttpFields.Mutable fields = HttpFields.build();
        boolean[] announced = new boolean[1];
        request.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            announced[0] |= lower.equals("content-length");
            if (!NOT_FORWARDED.contains(lower)) {
                fields.add(lower, value);
            }
        });
        if (request.headers().hasToken("TE", "trailers")) {
            fields.add("te", "trailers");
        }
        if (deadline != null) {
            fields.put(Grpc.TIMEOUT, deadline.header());
        }
        // The length follows the bytes that are sent, never the client's header.
        long length = request.body().length();
        if (length != Body.UNKNOWN && (length > 0 || announced[0])) {
            fields.add("content-length", Long.toString(length));
        }
        return fields;
    }

    private static long size(MetaData.Request head) {
        long size = head.getMethod().length()
                + head.getHttpURI().getPathQuery().length()
                + head.getHttpURI().getAuthority().length()
                + 4L * (HEADER_OVERHEAD + ":authority".length());
        for (HttpField field : head.getHttpFields()) {
            size += field.getName().length() + HEADER_OVERHEAD;
            size += field.getValue() == null ? 0 : field.getValue().length();
        }
        return size;
    }
}
