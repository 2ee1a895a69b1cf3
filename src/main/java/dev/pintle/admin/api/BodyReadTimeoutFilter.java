package dev.pintle.admin.api;

import dev.pintle.admin.problem.ApiErrorCode;
import dev.pintle.admin.problem.ApiException;
import dev.pintle.time.Ticker;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Ends requests of slow clients: the whole body must arrive within a timeout, because bodies of the admin API are
 * short.
 */
public final class BodyReadTimeoutFilter implements ContainerRequestFilter {
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Ticker ticker;

    public BodyReadTimeoutFilter(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setEntityStream(new Timed(request.getEntityStream(), ticker));
    }

    private static final class Timed extends FilterInputStream {
        private final Ticker ticker;
        private final long start;

        private Timed(InputStream body, Ticker ticker) {
            super(body);
            this.ticker = ticker;
            this.start = ticker.nanos();
        }

        @Override
        public int read() throws IOException {
            byte[] single = new byte[1];
            return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int count = super.read(into, offset, length);
                if (isLate()) {
                    throw tooSlow();
                }
                return count;
            } catch (IOException e) {
                if (isLate()) {
                    throw tooSlow();
                }
                throw e;
            }
        }

        private boolean isLate() {
            return ticker.nanos() - start >= TIMEOUT.toNanos();
        }

        private static ApiException tooSlow() {
            return new ApiException(
                    ApiErrorCode.REQUEST_TIMEOUT,
                    "The body did not arrive within " + TIMEOUT.toSeconds() + " s; send it again.");
        }
    }
}
