package dev.pintle.telemetry;

import java.util.Locale;

/**
 * Escapes text for a terminal. Control characters could control it, and bidirectional ones reverse the direction of
 * text.
 */
final class PrintableAscii {
    private PrintableAscii() {}

    /** Appends printable ASCII unchanged and escapes all other characters. */
    static StringBuilder append(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character >= ' ' && character < '\u007f' && character != '\\') {
                line.append(character);
            } else {
                line.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            }
        }
        return line;
    }
}
