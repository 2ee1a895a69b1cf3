package dev.pintle.telemetry;

import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object in printable ASCII, which escapes all other characters, so that no client can forge a line. Each request
 * has a line, so the object needs one buffer only. Used by one thread.
 */
final class JsonLine {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final long THOUSAND = 1_000;

    private final StringBuilder text;

    /** @param size the expected length in characters */
    JsonLine(int size) {
        text = new StringBuilder(size);
    }

    /**
     * Adds a text, unless it is null.
     *
     * @param field a name that needs no escape
     */
    JsonLine add(String field, @Nullable String value) {
        if (value != null) {
            text.append(",\"").append(field).append("\":\"");
            escaped(value);
            text.append('"');
        }
        return this;
    }

    /** Adds a time. */
    JsonLine add(String field, Instant value, InstantFormat format) {
        format.append(name(field).append('"'), value);
        text.append('"');
        return this;
    }

    /** Adds a whole number. */
    JsonLine add(String field, long value) {
        name(field).append(value);
        return this;
    }

    /** Adds a time in milliseconds, with up to three decimals and at least one. */
    JsonLine addMillis(String field, long nanos) {
        long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
        long fraction = micros % THOUSAND;
        name(field).append(micros / THOUSAND).append('.').append(fraction / 100);
        if (fraction % 100 != 0) {
            text.append(fraction / 10 % 10);
        }
        if (fraction % 10 != 0) {
            text.append(fraction % 10);
        }
        return this;
    }

    /** Returns the whole object, which has a field or more. */
    String end() {
        // Replaces the comma before the first field by the brace.
        text.setCharAt(0, '{');
        return text.append('}').toString();
    }

    private StringBuilder name(String field) {
        return text.append(",\"").append(field).append("\":");
    }

    private void escaped(String value) {
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                text.append(value, start, i);
                escape(c);
                start = i + 1;
            }
        }
        text.append(value, start, value.length());
    }

    private void escape(char c) {
        switch (c) {
            case '"', '\\' -> text.append('\\').append(c);
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            default -> text.append("\\u").append(HEX.toHexDigits(c));
        }
    }
}
