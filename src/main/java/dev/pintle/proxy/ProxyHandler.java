package dev.pintle.proxy;

import dev.pintle.http.Body;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.ProblemResponses;
import dev.pintle.http.TunnelResponse;
import dev.pintle.server.guards.MinimumDataRate;
import dev.pintle.time.Watchdog;
import dev.pintle.time.WatchdogTimer;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes requests through the outer chain of policies and writes the responses. Safe for all threads. */
public final class ProxyHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyHandler.class);
    private static final String CLIENT_TOO_SLOW =
            "the client received the response at less than " + MinimumDataRate.BYTES_PER_SECOND
                    + " bytes per second, or sent nothing of its body; the gateway closed the connection";

    private static final String INTERNAL_ERROR = "the gateway has an internal error; see its log for this trace id";

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
        // A client of HTTP/2 may send while it receives.
        WatchdogTimer bodyTimer =
                request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2 && body.length() != 0
                        ? watchdog.watch(exchange.client()::abort)
                        : clientTimer;
        RequestBodyStream.watch(body, bodyTimer);
        ResponseWriter writer = new ResponseWriter(servletExchange.response(), response, body, clientTimer);
        OpenExchange open = new OpenExchange(exchange, request, response, clientTimer);
        openExchanges.add(open);
        int status = ErrorCode.INTERNAL.status();
        try (clientTimer;
                bodyTimer) {
            status = answer(
                    exchange,
                    writer,
                    clientTimer,
                    tunnel -> tunnels.open(tunnel, exchange, servletExchange, request, response));
        } finally {
            openExchanges.remove(open);
            exchanges.close(request, exchange, status, RequestBodyStream.read(body), writer.written());
        }
    }

    /** Switches the connection of the client. */
    @FunctionalInterface
    private interface TunnelSwitch {
        void open(TunnelResponse tunnel) throws IOException;
    }

    /**
     * Answers the exchange.
     *
     * @return the status for logs and metrics
     */
    private int answer(Exchange exchange, ResponseWriter writer, WatchdogTimer clientTimer, TunnelSwitch tunnels) {
        ExchangeContext context = exchange.context();
        try {
            return switch (chain.handle(exchange)) {
                case FinalResponse answer -> writeOrReplace(answer, exchange, writer);
                case TunnelResponse tunnel -> {
                    tunnels.open(tunnel);
                    yield tunnel.status();
                }
            };
        } catch (IOException e) {
            failed(
                    exchange,
                    ErrorCode.CLIENT_GONE,
                    clientTimer.expired()
                            ? CLIENT_TOO_SLOW
                            : "the client disconnected before it received the whole response");
        } catch (ExchangeException e) {
            failed(exchange, e.kind().code(), e.sentence());
        } catch (RuntimeException e) {
            LOG.error(
                    "Cannot send the response to request {} because of a defect of the gateway. "
                            + "Report it with this stack trace.",
                    context.trace().id(),
                    e);
            failed(exchange, ErrorCode.INTERNAL, INTERNAL_ERROR);
        }
        exchange.client().abort();
        return context.code() == ErrorCode.CLIENT_GONE ? ErrorCode.CLIENT_GONE.status() : writer.status();
    }

    /** Records the failure. The cause of a cancellation takes precedence over its symptoms. */
    private static void failed(Exchange exchange, ErrorCode code, String sentence) {
        ExchangeException cause = exchange.cancellation().cause();
        if (cause == null) {
            exchange.context().failed(code, sentence);
        } else {
            exchange.context().failed(cause.kind().code(), cause.sentence());
        }
    }

    /** Replaces a response that breaks off before the client received any of it. */
    private static int writeOrReplace(FinalResponse answer, Exchange exchange, ResponseWriter writer)
            throws IOException {
        try {
            return write(answer, exchange, writer);
        } catch (ExchangeException e) {
            if (e.kind() == FailureKind.CLIENT_GONE || !writer.discardUnsent()) {
                throw e;
            }
            return write(ProblemResponses.answer(exchange.context(), e), exchange, writer);
        } catch (RuntimeException e) {
            if (!writer.discardUnsent()) {
                throw e;
            }
            LOG.error(
                    "Cannot write the response to request {}; sending an internal error instead.",
                    exchange.context().trace().id(),
                    e);
            return write(
                    ProblemResponses.answer(exchange.context(), ErrorCode.INTERNAL, INTERNAL_ERROR), exchange, writer);
        }
    }

    private static int write(FinalResponse answer, Exchange exchange, ResponseWriter writer) throws IOException {
        try {
            writer.write(answer, exchange.context().trace().id().hex(), exchange.client()::acceptsTrailers);
            return answer.status();
        } finally {
            answer.body().close();
        }
    }
}
