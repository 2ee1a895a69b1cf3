package dev.pintle.admin.api;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code Accept-Encoding} (RFC 9110 section 12.5.3). */
final class AcceptEncoding {
    private static final Pattern REFUSED = Pattern.compile("\\s*q\\s*=\\s*0(\\.0*)?\\s*");

    private AcceptEncoding() {}

    /**
     * Returns whether the client accepts gzip. An element for gzip wins over one for all codings.
     *
     * @param header all elements; null without the header, which gets no coding
     */
    static boolean hasGzip(@Nullable String header) {
        if (header == null) {
            return false;
        }
        boolean any = false;
        for (String element : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = element.split(";", 2);
            boolean accepted = parts.length < 2 || !REFUSED.matcher(parts[1]).matches();
            switch (parts[0].strip()) {
                case "gzip", "x-gzip" -> {
                    return accepted;
                }
                case "*" -> any = accepted;
                default -> {}
            }
        }
        return any;
    }
}
