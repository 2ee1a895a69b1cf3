package dev.pintle.cli;

/** Text of others on a terminal. */
final class PlainText {
    private PlainText() {}

    /** The text without control characters, which could move the cursor or change colors. */
    static String of(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
