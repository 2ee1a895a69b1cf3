package dev.pintle.proxy;

import dev.pintle.exchange.Answer;
import dev.pintle.exchange.Body;
import dev.pintle.exchange.Code;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Facts;
import dev.pintle.exchange.Failure;
import dev.pintle.exchange.FailureKind;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Problem;
import dev.pintle.time.Watch;
import dev.pintle.time.Watchdog;
import java.io.IOException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.server.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes requests of the server through the gateway's outer chain, and answers back to the client. Safe for all threads. */
public final class FrontDoor {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);
    private static final String SLOW = "the client took the answer at less than " + Pace.OCTETS_A_SECOND
            + " octets a second, or sent nothing of its body, and was left";

    private static final String FAULT = "the gateway met a fault of its own; its log tells more";

    private final Reception reception;
    private final Handler chain;
    private final Watchdog watchdog;

    /**
     * The door before a chain.
     *
     * @param chain the outer chain, which every request walks
     * @param watchdog ends exchanges whose client takes the answer too slowly
     */
    public FrontDoor(Reception reception, Handler chain, Watchdog watchdog) {
        this.reception = reception;
        this.chain = chain;
        this.watchdog = watchdog;
    }

    void serve(Passage passage) {
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(passage.request());
        Response response = ServletContextResponse.getServletContextResponse(passage.response());
        Body body = ClientBody.of(passage.request(), request);
        Exchange exchange = reception.open(request, response, body);
        Watch patience = watchdog.watch(exchange.client()::abort);
        ClientBody.watch(body, patience);
        AnswerWriter writer = new AnswerWriter(passage.response(), response, body, patience);
        int status = Code.INTERNAL.status();
        try (patience) {
            status = answer(exchange, writer, patience);
        } finally {
            reception.close(request, exchange, status, ClientBody.read(body), writer.written());
        }
    }

    /** Answers the exchange; the status that goes into logs and metrics comes back. */
    private int answer(Exchange exchange, AnswerWriter writer, Watch patience) {
        Facts facts = exchange.facts();
        try {
            return switch (chain.handle(exchange)) {
                case Answer answer -> writeOrSayWhyNot(answer, exchange, writer);
            };
        } catch (IOException e) {
            facts.failed(
                    Code.CLIENT_GONE, patience.expired() ? SLOW : "the client left before it had the whole answer");
        } catch (Failure e) {
            facts.failed(e.kind().code(), e.sentence());
        } catch (RuntimeException e) {
            LOG.error(
                    "The answer to request {} met a fault of the gateway",
                    facts.trace().id(),
                    e);
            facts.failed(Code.INTERNAL, FAULT);
        }
        exchange.client().abort();
        return facts.code() == Code.CLIENT_GONE ? Code.CLIENT_GONE.status() : writer.status();
    }

    /** An answer that breaks off before the client has seen anything of it can still become another. */
    private static int writeOrSayWhyNot(Answer answer, Exchange exchange, AnswerWriter writer) throws IOException {
        try {
            return write(answer, exchange, writer);
        } catch (Failure e) {
            if (e.kind() == FailureKind.CLIENT_GONE || !writer.beginAgain()) {
                throw e;
            }
            return write(Problem.answer(exchange.facts(), e.kind().code(), e.sentence()), exchange, writer);
        } catch (RuntimeException e) {
            if (!writer.beginAgain()) {
                throw e;
            }
            LOG.error(
                    "The answer to request {} cannot be written",
                    exchange.facts().trace().id(),
                    e);
            return write(Problem.answer(exchange.facts(), Code.INTERNAL, FAULT), exchange, writer);
        }
    }

    private static int write(Answer answer, Exchange exchange, AnswerWriter writer) throws IOException {
        try {
            writer.write(answer, exchange.facts().trace().id().hex(), exchange.client()::takesTrailers);
            return answer.status();
        } finally {
            answer.body().close();
        }
    }
}
