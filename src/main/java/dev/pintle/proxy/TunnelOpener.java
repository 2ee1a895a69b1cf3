package dev.pintle.proxy;

import dev.pintle.http.Body;
import dev.pintle.http.Cancellation;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeResult;
import dev.pintle.http.Headers;
import dev.pintle.http.TunnelResponse;
import dev.pintle.http.WebSocketHandshake;
import dev.pintle.tunnel.OpenTunnels;
import dev.pintle.tunnel.TunnelEnd;
import dev.pintle.tunnel.TunnelFacts;
import dev.pintle.tunnel.TunnelStatus;
import dev.pintle.tunnel.WebSocketTunnel;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.jspecify.annotations.Nullable;

/** Turns the connection of a client into a tunnel. Safe for all threads. */
public final class TunnelOpener {
    private final OpenTunnels tunnels;
    private final ExchangeLifecycle exchanges;
    private final InstantSource clock;

    public TunnelOpener(OpenTunnels tunnels, ExchangeLifecycle exchanges, InstantSource clock) {
        this.tunnels = tunnels;
        this.exchanges = exchanges;
        this.clock = clock;
    }

    /**
     * Sends the 101 response, which is 200 over HTTP/2. The bytes flow when the server has completed the request.
     *
     * @throws IOException when the client left; the upstream's connection is then closed
     */
    void open(TunnelResponse tunnel, Exchange exchange, ServletExchange servlet, Request request, Response response)
            throws IOException {
        try {
            putHead(tunnel.headers(), exchange.context(), request, response);
            WebSocketTunnel opened = tunnel(tunnel, exchange, request);
            request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, connection(opened, request));
            servlet.response().flushBuffer();
            Request.addCompletionListener(request, failure -> closeAfter(failure, opened));
        } catch (IOException | RuntimeException e) {
            tunnel.upstream().close();
            throw e;
        }
    }

    private static void putHead(Headers headers, ExchangeContext context, Request request, Response response) {
        HttpFields.Mutable fields = response.getHeaders();
        headers.forEach((name, value) -> fields.add(new HttpField(name, value)));
        if (ExtendedConnect.isIn(request)) {
            response.setStatus(HttpStatus.OK_200);
            fields.remove(HttpHeader.CONNECTION);
            fields.remove(HttpHeader.UPGRADE);
            fields.remove(WebSocketHandshake.ACCEPT);
        } else {
            response.setStatus(TunnelResponse.SWITCHING_PROTOCOLS);
            fields.put(HttpHeader.CONNECTION, "Upgrade");
            fields.put(HttpHeader.UPGRADE, WebSocketHandshake.TOKEN);
        }
        fields.put("X-Trace-ID", context.trace().id().hex());
    }

    private static void closeAfter(@Nullable Throwable failure, WebSocketTunnel tunnel) {
        if (failure != null) {
            tunnel.clientFailed();
        }
    }

    private TunnelConnection connection(WebSocketTunnel tunnel, Request request) {
        Connector connector = request.getConnectionMetaData().getConnector();
        // HTTP/2 reports bytes on the thread that reads the frames of all streams, which must not block.
        Executor receiving = ExtendedConnect.isIn(request) ? connector.getExecutor() : Runnable::run;
        TunnelConnection connection =
                new TunnelConnection(endPoint(request), connector.getExecutor(), receiving, tunnels, tunnel);
        connector.getEventListeners().forEach(connection::addEventListener);
        return connection;
    }

    private WebSocketTunnel tunnel(TunnelResponse response, Exchange exchange, Request request) {
        EndPoint endPoint = endPoint(request);
        Exchange past = withoutServer(exchange);
        long begin = request.getHeadersNanoTime();
        return tunnels.create(
                facts(past),
                new EndPointStream(endPoint),
                response,
                exchange.context().meter().tunnel(),
                ended -> log(past, ended, begin));
    }

    /** The connection of the client, or one stream of it over HTTP/2. */
    private static EndPoint endPoint(Request request) {
        return Objects.requireNonNull(request.getTunnelSupport()).getEndPoint();
    }

    private TunnelFacts facts(Exchange exchange) {
        ExchangeContext context = exchange.context();
        return new TunnelFacts(
                tunnels.nextId(),
                context.trace().id().hex(),
                context.route(),
                exchange.client().address(),
                Objects.requireNonNull(context.target()),
                clock.instant());
    }

    /** The server recycles the request. The end of the tunnel needs no more than this. */
    private static Exchange withoutServer(Exchange exchange) {
        return new Exchange(
                exchange.request().withHeaders(Headers.EMPTY).withBody(Body.EMPTY),
                TunnelClient.of(exchange.client()),
                exchange.context(),
                exchange.budget(),
                new Cancellation());
    }

    private void log(Exchange past, WebSocketTunnel tunnel, long begin) {
        TunnelEnd end = tunnel.end();
        past.context().tunnelEnded((end == null ? TunnelEnd.CLIENT : end).text());
        TunnelStatus status = tunnel.status();
        exchanges.log(
                past,
                new ExchangeResult(
                        TunnelResponse.SWITCHING_PROTOCOLS,
                        status.bytesIn(),
                        status.bytesOut(),
                        NanoTime.since(begin)));
    }
}
