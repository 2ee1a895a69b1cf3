package dev.pintle.cli;

/** Cleans untrusted text for a terminal. */
final class PlainText {
    private PlainText() {}

    /** Removes control characters, which could move the cursor or change colors. */
    static String of(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
