package dev.pintle.introspection;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code Accept} of a request for metrics (RFC 9110 section 12.5.1). */
final class AcceptHeader {
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final Pattern REFUSED = Pattern.compile(";\\s*q\\s*=\\s*0(\\.0*)?\\s*(;|$)");

    private AcceptHeader() {}

    /** Returns whether the client names OpenMetrics and does not refuse it by {@code q=0}. */
    static boolean hasOpenMetrics(@Nullable String header) {
        if (header == null) {
            return false;
        }
        for (String element : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String mediaType = element.split(";", 2)[0].strip();
            if (mediaType.equals(OPEN_METRICS)) {
                return !REFUSED.matcher(element).find();
            }
        }
        return false;
    }
}
