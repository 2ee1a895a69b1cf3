package dev.pintle.importers;

import java.util.Locale;

/** The periods of Kong's rate limits. */
enum KongPeriod {
    SECOND("1s"),
    MINUTE("1m"),
    HOUR("1h"),
    DAY("1d"),
    MONTH("30d"),
    YEAR("365d");

    private final String duration;

    KongPeriod(String duration) {
        this.duration = duration;
    }

    /** The key of the plugin. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String duration() {
        return duration;
    }
}
