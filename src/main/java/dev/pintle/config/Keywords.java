package dev.pintle.config;

import java.util.Locale;

/** Enum constants as operators write them: {@code LEAST_REQUESTS} is {@code least-requests}. */
public final class Keywords {
    private Keywords() {}

    /** The keyword of a constant. */
    public static String of(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
