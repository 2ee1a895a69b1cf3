package dev.pintle.config;

import java.util.Locale;

/** Names enum constants in documents: {@code LEAST_REQUESTS} is {@code least-requests}. */
public final class Keywords {
    private Keywords() {}

    /** Returns the keyword of a constant. */
    public static String of(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
