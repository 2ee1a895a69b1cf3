package dev.pintle.proxy;

import dev.pintle.http.Body;
import dev.pintle.http.EventStream;
import dev.pintle.http.Exchange;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.TunnelResponse;
import dev.pintle.time.Watchdog;
import dev.pintle.time.WatchdogTimer;
import java.util.OptionalInt;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.server.Response;

/** Passes requests through the outer chain of policies and writes the responses. Safe for all threads. */
public final class ProxyHandler {
    private final ExchangeLifecycle exchanges;
    private final Handler chain;
    private final Watchdog watchdog;
    private final OpenExchanges openExchanges;
    private final TunnelOpener tunnels;

    /**
     * Creates the entry to a chain.
     *
     * @param chain the outer chain, which every request passes
     * @param watchdog ends exchanges whose client receives the response too slowly
     * @param openExchanges registers each exchange
     * @param tunnels takes the connections of exchanges that become tunnels
     */
    public ProxyHandler(
            ExchangeLifecycle exchanges,
            Handler chain,
            Watchdog watchdog,
            OpenExchanges openExchanges,
            TunnelOpener tunnels) {
        this.exchanges = exchanges;
        this.chain = chain;
        this.watchdog = watchdog;
        this.openExchanges = openExchanges;
        this.tunnels = tunnels;
    }

    void serve(ServletExchange servletExchange) {
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(servletExchange.request());
        Response response = ServletContextResponse.getServletContextResponse(servletExchange.response());
        Body body = RequestBodyStream.of(servletExchange.request(), request);
        Exchange exchange = exchanges.open(request, response, body);
        WatchdogTimer clientTimer = watchdog.watch(exchange.client()::abort);
        // A client may send while it receives.
        WatchdogTimer bodyTimer = body.length() == 0 ? clientTimer : watchdog.watch(exchange.client()::abort);
        RequestBodyStream.watch(body, bodyTimer);
        ResponseWriter writer = new ResponseWriter(exchange, servletExchange.response(), response, clientTimer);
        OpenExchange open = new OpenExchange(exchange, request, response, clientTimer);
        openExchanges.add(open);
        ResponseDelivery delivery = new ResponseDelivery(exchange, writer, clientTimer, status -> {
            clientTimer.close();
            bodyTimer.close();
            openExchanges.remove(open);
            exchanges.close(request, exchange, status, RequestBodyStream.read(body), writer.written());
        });
        delivery.run(() -> switch (chain.handle(exchange)) {
            case FinalResponse answer
            when EventStream.matches(answer.headers().first("Content-Type")) ->
                delivery.continueAlone(answer, servletExchange.request());
            case FinalResponse answer -> OptionalInt.of(delivery.write(answer));
            case TunnelResponse tunnel -> {
                tunnels.open(tunnel, exchange, servletExchange, request, response);
                yield OptionalInt.of(tunnel.status());
            }
        });
    }
}
