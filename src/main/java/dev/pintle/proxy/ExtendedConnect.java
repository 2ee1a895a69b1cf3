package dev.pintle.proxy;

import dev.pintle.http.Body;
import dev.pintle.http.GatewayRequest;
import dev.pintle.http.Headers;
import dev.pintle.http.TraceId;
import dev.pintle.http.WebSocketHandshake;
import java.util.Base64;
import java.util.HexFormat;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.TunnelSupport;

/**
 * A WebSocket handshake over HTTP/2: an extended CONNECT with the protocol {@code websocket} (RFC 8441). The gateway
 * processes it as the handshake over HTTP/1.1 that the upstream receives.
 */
final class ExtendedConnect {
    private ExtendedConnect() {}

    /** Whether a request is such a handshake. */
    static boolean isIn(Request request) {
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            return false;
        }
        TunnelSupport tunnel = request.getTunnelSupport();
        return tunnel != null && WebSocketHandshake.TOKEN.equals(tunnel.getProtocol());
    }

    /**
     * Returns the handshake over HTTP/1.1. The client sends no key, because its connection cannot confuse the protocols;
     * the trace id serves as one.
     */
    static GatewayRequest http1(GatewayRequest request, TraceId trace) {
        String key = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(trace.hex()));
        Headers.Builder headers = Headers.builder();
        request.headers().forEach(headers::add);
        headers.set("Connection", "Upgrade")
                .set("Upgrade", WebSocketHandshake.TOKEN)
                .set(WebSocketHandshake.KEY, key);
        return request.withMethod("GET").withHeaders(headers.build()).withBody(Body.EMPTY);
    }
}
