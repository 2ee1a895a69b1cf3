package dev.pintle.http;

import dev.pintle.time.Ticker;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The time at which the client of a gRPC call gives up ({@code grpc-timeout}).
 *
 * @param at a reading of the ticker
 */
public record GrpcDeadline(Ticker ticker, long at) {
    private static final Pattern FORM = Pattern.compile("(?<value>[0-9]{1,8})(?<unit>[HMSmun])");

    /** The largest number of eight digits. */
    private static final long MOST = 99_999_999;

    /**
     * The deadline of a call that begins now.
     *
     * @throws IllegalArgumentException when the value is malformed
     */
    public static GrpcDeadline of(String timeout, Ticker ticker) {
        Matcher form = FORM.matcher(timeout);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "grpc-timeout must be up to eight digits and one of H, M, S, m, u and n");
        }
        long value = Long.parseLong(form.group("value"));
        Duration time = switch (form.group("unit")) {
            case "H" -> Duration.ofHours(value);
            case "M" -> Duration.ofMinutes(value);
            case "S" -> Duration.ofSeconds(value);
            case "m" -> Duration.ofMillis(value);
            case "u" -> Duration.ofNanos(value * 1_000);
            default -> Duration.ofNanos(value);
        };
        // A call of more than a century has no deadline in practice.
        return new GrpcDeadline(
                ticker, ticker.nanos() + Math.min(time.toSeconds(), 1L << 31) * 1_000_000_000L + time.toNanosPart());
    }

    /** Nanoseconds until the deadline; zero or less when it has passed. */
    public long left() {
        return at - ticker.nanos();
    }

    /** The value of {@code grpc-timeout} for the rest of the time. */
    public String header() {
        long nanos = Math.max(left(), 1);
        if (nanos <= MOST) {
            return nanos + "n";
        }
        long micros = nanos / 1_000;
        if (micros <= MOST) {
            return micros + "u";
        }
        long millis = micros / 1_000;
        return millis <= MOST ? millis + "m" : Math.min(millis / 1_000, MOST) + "S";
    }
}
