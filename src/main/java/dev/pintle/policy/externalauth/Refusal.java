package dev.pintle.policy.externalauth;

import dev.pintle.http.Body;
import dev.pintle.http.FinalResponse;
import dev.pintle.http.Headers;
import dev.pintle.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The answer of an authorization service that goes to the client. Immutable. */
final class Refusal implements Decision {
    private static final int MAX_BODY = 64 << 10;
    private static final Set<String> HEADERS =
            Set.of("location", "www-authenticate", "set-cookie", "content-type", "content-encoding");

    private final int status;
    private final Headers headers;
    private final byte[] body;

    private Refusal(int status, Headers headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Whether an answer with this status goes to the client. */
    static boolean isOne(int status) {
        return (status >= 300 && status < 400 && status != 304) || status == 401 || status == 403;
    }

    /**
     * Reads a refusal. A body of more than 64 KiB is left out.
     *
     * @param further names of headers that are copied, in addition to those that a refusal needs
     * @throws IOException when the body does not arrive in time
     */
    static Refusal of(FinalResponse answer, List<String> further, Duration timeout, Ticker ticker) throws IOException {
        byte[] body = body(answer.body(), ticker.nanos() + timeout.toNanos(), ticker);
        Headers.Builder headers = Headers.builder();
        answer.headers().forEach((name, value) -> {
            if (HEADERS.contains(name.toLowerCase(Locale.ROOT))
                    || further.stream().anyMatch(name::equalsIgnoreCase)) {
                headers.add(name, value);
            }
        });
        headers.add("Content-Length", Integer.toString(body.length));
        return new Refusal(answer.status(), headers.build(), body);
    }

    /** Whether this is a plain denial, and not a redirect that depends on the page. */
    boolean isDenial() {
        return status >= 400;
    }

    Headers headers() {
        return headers;
    }

    /** The number of bytes of the body. */
    int length() {
        return body.length;
    }

    FinalResponse response() {
        return new FinalResponse(status, headers, Body.of(body));
    }

    private static byte[] body(Body body, long end, Ticker ticker) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] buffer = new byte[8 << 10];
        InputStream stream = body.stream();
        for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
            read.write(buffer, 0, length);
            if (read.size() > MAX_BODY) {
                return new byte[0];
            }
            if (ticker.nanos() - end > 0) {
                throw new IOException("the body of its answer is too slow");
            }
        }
        return read.toByteArray();
    }
}
