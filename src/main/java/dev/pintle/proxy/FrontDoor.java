package dev.pintle.proxy;

import dev.pintle.exchange.Answer;
import dev.pintle.exchange.Client;
import dev.pintle.exchange.Code;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Facts;
import dev.pintle.exchange.Failure;
import dev.pintle.exchange.GatewayRequest;
import dev.pintle.exchange.Handler;
import dev.pintle.exchange.Headers;
import dev.pintle.exchange.Outcome;
import dev.pintle.telemetry.AccessLog;
import dev.pintle.telemetry.Metrics;
import dev.pintle.telemetry.TraceIds;
import dev.pintle.time.Ticker;
import dev.pintle.time.TimeBudget;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Response;

/** Takes a request of the server through the gateway's outer chain and back, and tells the observers. Safe for all threads. */
public final class FrontDoor {
    /** What an exchange may take before a route gives it its own time. */
    private static final Duration UNTIL_ROUTED = Duration.ofMinutes(1);

    private final Handler chain;
    private final TrustedProxies trustedProxies;
    private final TraceIds traceIds;
    private final Metrics metrics;
    private final AccessLog accessLog;
    private final Ticker ticker;

    /**
     * The door before a chain.
     *
     * @param chain the outer chain, which every request walks
     */
    public FrontDoor(
            Handler chain,
            TrustedProxies trustedProxies,
            TraceIds traceIds,
            Metrics metrics,
            AccessLog accessLog,
            Ticker ticker) {
        this.chain = chain;
        this.trustedProxies = trustedProxies;
        this.traceIds = traceIds;
        this.metrics = metrics;
        this.accessLog = accessLog;
        this.ticker = ticker;
    }

    void serve(Passage passage) {
        long start = ticker.nanos();
        ServletContextRequest request = ServletContextRequest.getServletContextRequest(passage.request());
        Response response = ServletContextResponse.getServletContextResponse(passage.response());
        Headers headers = headers(request);
        ServletClient client = new ServletClient(request, response, trustedProxies, headers);
        Facts facts = new Facts(
                traceIds.of(headers.first("traceparent"), headers.first("X-Trace-ID")), metrics.route(Facts.NO_ROUTE));
        Exchange exchange = new Exchange(
                request(passage.request(), request, headers), client, facts, new TimeBudget(UNTIL_ROUTED, ticker));
        facts.meter().began();
        AnswerWriter writer = new AnswerWriter(passage.response(), response);
        int status = answer(exchange, writer);
        client.idleAsUsual();
        Outcome outcome = new Outcome(
                status, ClientBody.read(exchange.request().body()), writer.written(), ticker.nanos() - start);
        facts.meter().ended(outcome);
        accessLog.write(exchange, outcome);
    }

    /** Answers the exchange; the status that goes into logs and metrics comes back. */
    private int answer(Exchange exchange, AnswerWriter writer) {
        Client client = exchange.client();
        Facts facts = exchange.facts();
        try {
            return switch (chain.handle(exchange)) {
                case Answer answer -> write(answer, exchange, writer);
            };
        } catch (IOException e) {
            facts.failed(Code.CLIENT_GONE, "the client left before it had the whole answer");
        } catch (Failure e) {
            facts.failed(e.kind().code(), e.sentence());
        }
        client.abort();
        return facts.code() == Code.CLIENT_GONE ? Code.CLIENT_GONE.status() : writer.status();
    }

    private static int write(Answer answer, Exchange exchange, AnswerWriter writer) throws IOException {
        try {
            writer.write(
                    answer,
                    exchange.facts().trace().id().hex(),
                    exchange.client().takesTrailers());
            return answer.status();
        } finally {
            answer.body().close();
        }
    }

    private static GatewayRequest request(HttpServletRequest servlet, ServletContextRequest request, Headers headers) {
        HttpURI uri = request.getHttpURI();
        String path = uri.getPath();
        String authority = uri.getAuthority();
        return new GatewayRequest(
                request.getMethod(),
                request.isSecure() ? "https" : "http",
                authority == null ? "" : authority,
                path == null || path.isEmpty() ? "/" : path,
                uri.getQuery(),
                headers,
                ClientBody.of(servlet, request));
    }

    private static Headers headers(ServletContextRequest request) {
        Headers.Builder headers = Headers.builder();
        for (HttpField field : request.getHeaders()) {
            if (!field.getName().equalsIgnoreCase("Host")) {
                headers.add(field.getName(), field.getValue() == null ? "" : field.getValue());
            }
        }
        return headers.build();
    }
}
