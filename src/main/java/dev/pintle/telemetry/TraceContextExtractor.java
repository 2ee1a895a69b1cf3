package dev.pintle.telemetry;

import dev.pintle.http.Headers;
import dev.pintle.http.TraceContext;
import dev.pintle.http.TraceId;
import java.util.HexFormat;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Determines the trace id: from a valid {@code traceparent}, otherwise from the {@code X-Trace-ID} of the client,
 * otherwise a random one. Invalid values are replaced, so that no client can write into logs. Safe for all threads if
 * its random generator is.
 */
public final class TraceContextExtractor {
    private static final Pattern PARENT =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    /** Marks traces that begin here as sampled, so that upstreams that follow their parent record them. */
    private static final String SAMPLED = "01";

    private final RandomGenerator random;

    public TraceContextExtractor(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Returns the trace of a request. Two {@code traceparent} headers count as none (W3C Trace Context section 3.2.1).
     */
    public TraceContext of(Headers headers) {
        String parent = headers.isRepeated("traceparent") ? null : headers.first("traceparent");
        return of(parent, headers.first("X-Trace-ID"));
    }

    /** Returns the trace of a request with these headers. */
    public TraceContext of(@Nullable String traceparent, @Nullable String xTraceId) {
        if (traceparent != null) {
            Matcher parent = PARENT.matcher(traceparent);
            if (isValid(parent)) {
                return new TraceContext(new TraceId(parent.group(2)), span(), parent.group(4), parent.group(3));
            }
        }
        TraceId sent = xTraceId == null ? null : parsed(xTraceId);
        return new TraceContext(sent == null ? newId() : sent, span(), SAMPLED, null);
    }

    private static boolean isValid(Matcher parent) {
        return parent.matches()
                && !"ff".equals(parent.group(1))
                && !("00".equals(parent.group(1)) && parent.group(5) != null)
                && TraceId.isValid(parent.group(2))
                && !"0000000000000000".equals(parent.group(3));
    }

    private static @Nullable TraceId parsed(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String hex = UUID.matcher(lower).matches() ? lower.replace("-", "") : lower;
        return TraceId.isValid(hex) ? new TraceId(hex) : null;
    }

    private TraceId newId() {
        return new TraceId(hex(nonZero()) + hex(random.nextLong()));
    }

    private String span() {
        return hex(nonZero());
    }

    private long nonZero() {
        long value = random.nextLong();
        return value == 0 ? 1 : value;
    }

    private static String hex(long value) {
        return HexFormat.of().toHexDigits(value);
    }
}
