package dev.pintle.proxy;

import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.ProblemResponses;
import dev.pintle.server.guards.MinimumDataRate;
import dev.pintle.time.WatchdogTimer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers the response of one exchange to its client, and ends the exchange. Used by one thread at a time. */
final class ResponseDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(ResponseDelivery.class);
    private static final String CLIENT_TOO_SLOW =
            "the client received the response at less than " + MinimumDataRate.BYTES_PER_SECOND
                    + " bytes per second, or sent nothing of its body; the gateway closed the connection";

    private static final String INTERNAL_ERROR = "the gateway has an internal error; see its log for this trace id";

    private final Exchange exchange;
    private final ResponseWriter writer;
    private final WatchdogTimer clientTimer;
    private final IntConsumer end;

    /**
     * Creates the delivery of one exchange.
     *
     * @param end ends the exchange with a status for logs and metrics
     */
    ResponseDelivery(Exchange exchange, ResponseWriter writer, WatchdogTimer clientTimer, IntConsumer end) {
        this.exchange = exchange;
        this.writer = writer;
        this.clientTimer = clientTimer;
        this.end = end;
    }

    /** A part of the delivery. It returns the status, or nothing if another thread continues. */
    @FunctionalInterface
    interface Step {
        OptionalInt run() throws IOException;
    }

    /** Runs a step. Ends the exchange after it, unless another thread continues. */
    void run(Step step) {
        OptionalInt status = OptionalInt.of(ErrorCode.INTERNAL.status());
        try {
            status = statusOf(step);
        } finally {
            status.ifPresent(end);
        }
    }

    /**
     * Writes a response that may last for hours, on a thread of its own. The waiting stack of the server and of the chain
     * would take 16 KiB of each.
     */
    OptionalInt continueAlone(FinalResponse answer, HttpServletRequest request) {
        AsyncContext async = begun(answer, request);
        Thread.ofVirtual().name("event-stream").start(() -> {
            try {
                run(() -> OptionalInt.of(write(answer)));
            } finally {
                complete(async);
            }
        });
        return OptionalInt.empty();
    }

    private static AsyncContext begun(FinalResponse answer, HttpServletRequest request) {
        try {
            AsyncContext async = request.startAsync();
            async.setTimeout(0);
            return async;
        } catch (RuntimeException e) {
            answer.body().close();
            throw e;
        }
    }

    /** Ends the request, unless the server has ended it because the client reset its stream. */
    private static void complete(AsyncContext async) {
        try {
            async.complete();
        } catch (IllegalStateException e) {
            LOG.debug("The server has ended the request already.", e);
        }
    }

    private OptionalInt statusOf(Step step) {
        try {
            return step.run();
        } catch (IOException e) {
            failed(
                    ErrorCode.CLIENT_GONE,
                    clientTimer.expired()
                            ? CLIENT_TOO_SLOW
                            : "the client disconnected before it received the whole response");
        } catch (ExchangeException e) {
            failed(e.kind().code(), e.sentence());
        } catch (RuntimeException e) {
            LOG.error(
                    "Cannot send the response to request {} because of a defect of the gateway. "
                            + "Report it with this stack trace.",
                    exchange.context().trace().id(),
                    e);
            failed(ErrorCode.INTERNAL, INTERNAL_ERROR);
        }
        exchange.client().abort();
        return OptionalInt.of(
                exchange.context().code() == ErrorCode.CLIENT_GONE ? ErrorCode.CLIENT_GONE.status() : writer.status());
    }

    /** Records the failure. The cause of a cancellation takes precedence over its symptoms. */
    private void failed(ErrorCode code, String sentence) {
        ExchangeException cause = exchange.cancellation().cause();
        if (cause == null) {
            exchange.context().failed(code, sentence);
        } else {
            exchange.context().failed(cause.kind().code(), cause.sentence());
        }
    }

    /**
     * Writes the response. Replaces one that breaks off before the client received any of it.
     *
     * @return the status for logs and metrics
     */
    int write(FinalResponse answer) throws IOException {
        try {
            return writeWhole(answer);
        } catch (ExchangeException e) {
            if (e.kind() == FailureKind.CLIENT_GONE || !writer.discardUnsent()) {
                throw e;
            }
            return writeWhole(ProblemResponses.answer(exchange.context(), e));
        } catch (RuntimeException e) {
            if (!writer.discardUnsent()) {
                throw e;
            }
            LOG.error(
                    "Cannot write the response to request {}; sending an internal error instead.",
                    exchange.context().trace().id(),
                    e);
            return writeWhole(ProblemResponses.answer(exchange.context(), ErrorCode.INTERNAL, INTERNAL_ERROR));
        }
    }

    private int writeWhole(FinalResponse answer) throws IOException {
        try {
            writer.write(answer);
            return answer.status();
        } finally {
            answer.body().close();
        }
    }
}
