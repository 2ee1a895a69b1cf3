package dev.pintle.policy.requestbody;

import dev.pintle.http.Body;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.Exchange;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.GatewayResponse;
import dev.pintle.http.Handler;
import dev.pintle.http.Headers;
import dev.pintle.http.Policy;
import dev.pintle.http.ProblemResponses;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Rejects request bodies over a size: immediately when the announced length exceeds it, otherwise when the body does.
 */
public final class RequestBodyLimitPolicy implements Policy {
    private final long bytes;

    /**
     * Creates the limit.
     *
     * @param bytes the maximum size of a body
     */
    public RequestBodyLimitPolicy(long bytes) {
        this.bytes = bytes;
    }

    @Override
    public GatewayResponse apply(Exchange exchange, Handler next) {
        Body body = exchange.request().body();
        if (body.length() > bytes) {
            return ProblemResponses.answer(exchange.context(), ErrorCode.BODY_TOO_LARGE, sentence());
        }
        return body.length() == Body.UNKNOWN
                ? next.handle(exchange.with(exchange.request().withBody(new Bounded(body))))
                : next.handle(exchange);
    }

    private String sentence() {
        return "this route accepts bodies of at most " + bytes + " bytes";
    }

    private final class Bounded implements Body {
        private final Body body;
        private InputStream counted = InputStream.nullInputStream();
        private boolean opened;

        Bounded(Body body) {
            this.body = body;
        }

        @Override
        public long length() {
            return UNKNOWN;
        }

        @Override
        public InputStream stream() throws IOException {
            if (!opened) {
                opened = true;
                counted = new Counted(body.stream());
            }
            return counted;
        }

        @Override
        public Headers trailers() {
            return body.trailers();
        }

        @Override
        public void close() {
            body.close();
        }
    }

    private final class Counted extends FilterInputStream {
        private long left = bytes;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int b = super.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(read);
            return read;
        }

        private void count(int read) {
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new ExchangeException(FailureKind.CLIENT_LARGE, sentence());
            }
        }
    }
}
