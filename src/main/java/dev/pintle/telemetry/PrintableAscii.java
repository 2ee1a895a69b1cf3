package dev.pintle.telemetry;

import java.util.Locale;

/** Text for a terminal: control characters would command it, and bidirectional ones would turn a line around. */
final class PrintableAscii {
    private PrintableAscii() {}

    /** Appends printable ASCII as it is, and everything else by its number. */
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
