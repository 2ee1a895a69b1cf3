package dev.pintle.upstream;

import dev.pintle.exchange.Answer;
import dev.pintle.exchange.Body;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Failure;
import dev.pintle.time.Watchdog;

/** Sends requests over HTTP/1.1 through Apache HttpClient's pooled connections. */
public final class HttpSender implements Sender {
    private final Connections connections;
    private final Watchdog watchdog;

    public HttpSender(Connections connections, Watchdog watchdog) {
        this.connections = connections;
        this.watchdog = watchdog;
    }

    @Override
    public Answer send(Target target, Exchange exchange, Timeouts timeouts) {
        UpstreamRequest message = new UpstreamRequest(target, exchange.request());
        Conversation conversation = begin(target, exchange, timeouts);
        try {
            return conversation.run(message);
        } catch (Failure failure) {
            // Upstreams close idle connections as they like; that is nobody's failure.
            if (conversation.metStaleConnection(failure)
                    && (conversation.sentNothing()
                            || mayBeSentTwice(message, exchange.request().body()))) {
                return begin(target, exchange, timeouts).onFreshConnection().run(message);
            }
            throw failure;
        }
    }

    private Conversation begin(Target target, Exchange exchange, Timeouts timeouts) {
        return Conversation.begin(connections.manager(), watchdog, target, exchange, timeouts);
    }

    private static boolean mayBeSentTwice(UpstreamRequest message, Body body) {
        return message.isIdempotent() && (body.length() == 0 || body.rewind());
    }
}
