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
import dev.pintle.server.guards.MinimumDataRate;
import dev.pintle.time.Watchdog;
import dev.pintle.time.WatchdogTimer;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests of the server through the gateway's outer chain, and answers back to the client. Safe for all threads.
 */
public final class ProxyHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyHandler.class);
    private static final String SLOW =
            "the client received the response at less than " + MinimumDataRate.BYTES_PER_SECOND
                    + " bytes a second, or sent nothing of its body; the gateway closed the connection";

    private static final String FAULT = "the gateway failed; its log has the cause under this trace id";

    private final ExchangeLifecycle reception;
    private final Handler chain;
    private final Watchdog watchdog;
    private final OpenExchanges openExchanges;

    /**
     * Creates the entry to a chain.
     *
     * @param chain the outer chain, which every request walks
     * @param watchdog ends exchanges whose client receives the response too slowly
     * @param openExchanges registers each exchange
     */
    public ProxyHandler(ExchangeLifecycle reception, Handler chain, Watchdog watchdog, OpenExchanges openExchanges) {
        this.reception = reception;
        this.chain = chain;
        this.watchdog = watchdog;
        this.openExchanges = openExchanges;
    }

    void serve(ServletExchange passage) {
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(passage.request());
        Response response = ServletContextResponse.getServletContextResponse(passage.response());
        Body body = RequestBodyStream.of(passage.request(), request);
        Exchange exchange = reception.open(request, response, body);
        WatchdogTimer patience = watchdog.watch(exchange.client()::abort);
        RequestBodyStream.watch(body, patience);
        ResponseWriter writer = new ResponseWriter(passage.response(), response, body, patience);
        OpenExchange open = new OpenExchange(exchange, request, response, patience);
        openExchanges.add(open);
        int status = ErrorCode.INTERNAL.status();
        try (patience) {
            status = answer(exchange, writer, patience);
        } finally {
            openExchanges.remove(open);
            reception.close(request, exchange, status, RequestBodyStream.read(body), writer.written());
        }
    }

    /** Answers the exchange; the status that goes into logs and metrics comes back. */
    private int answer(Exchange exchange, ResponseWriter writer, WatchdogTimer patience) {
        ExchangeContext context = exchange.context();
        try {
            return switch (chain.handle(exchange)) {
                case FinalResponse answer -> writeOrSayWhyNot(answer, exchange, writer);
            };
        } catch (IOException e) {
            failed(
                    exchange,
                    ErrorCode.CLIENT_GONE,
                    patience.expired() ? SLOW : "the client left before it had the whole answer");
        } catch (ExchangeException e) {
            failed(exchange, e.kind().code(), e.sentence());
        } catch (RuntimeException e) {
            LOG.error(
                    "The answer to request {} met a fault of the gateway",
                    context.trace().id(),
                    e);
            failed(exchange, ErrorCode.INTERNAL, FAULT);
        }
        exchange.client().abort();
        return context.code() == ErrorCode.CLIENT_GONE ? ErrorCode.CLIENT_GONE.status() : writer.status();
    }

    /** Whatever a cancelled exchange fails with, its cancellation is the cause. */
    private static void failed(Exchange exchange, ErrorCode code, String sentence) {
        ExchangeException cause = exchange.cancellation().cause();
        if (cause == null) {
            exchange.context().failed(code, sentence);
        } else {
            exchange.context().failed(cause.kind().code(), cause.sentence());
        }
    }

    /** A response that breaks off before the client received any of it can be replaced. */
    private static int writeOrSayWhyNot(FinalResponse answer, Exchange exchange, ResponseWriter writer)
            throws IOException {
        try {
            return write(answer, exchange, writer);
        } catch (ExchangeException e) {
            if (e.kind() == FailureKind.CLIENT_GONE || !writer.beginAgain()) {
                throw e;
            }
            return write(ProblemResponses.answer(exchange.context(), e.kind().code(), e.sentence()), exchange, writer);
        } catch (RuntimeException e) {
            if (!writer.beginAgain()) {
                throw e;
            }
            LOG.error(
                    "The answer to request {} cannot be written",
                    exchange.context().trace().id(),
                    e);
            return write(ProblemResponses.answer(exchange.context(), ErrorCode.INTERNAL, FAULT), exchange, writer);
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
