package dev.pintle.config;

/** What messages show of a value: as much as helps to find it. */
final class Truncated {
    private static final int LONGEST = 80;

    private Truncated() {}

    static String of(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    static String quoted(String text) {
        return '"' + of(text) + '"';
    }
}
