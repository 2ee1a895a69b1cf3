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

/** Ends requests whose bodies drip: all of a body must be there in time, and what is written here is short. */
public final class BodyReadTimeoutFilter implements ContainerRequestFilter {
    static final Duration LONGEST = Duration.ofSeconds(20);

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
        private final long begun;

        private Timed(InputStream body, Ticker ticker) {
            super(body);
            this.ticker = ticker;
            this.begun = ticker.nanos();
        }

        @Override
        public int read() throws IOException {
            byte[] octet = new byte[1];
            return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xff;
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
            return ticker.nanos() - begun >= LONGEST.toNanos();
        }

        private static ApiException tooSlow() {
            return new ApiException(
                    ApiErrorCode.REQUEST_TIMEOUT,
                    "The body was not there within " + LONGEST.toSeconds() + " s; send it again.");
        }
    }
}
