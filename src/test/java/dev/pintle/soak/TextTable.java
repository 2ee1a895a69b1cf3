package dev.pintle.soak;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A table for people and for Markdown. */
final class TextTable {
    private final StringBuilder text = new StringBuilder();

    TextTable(String... heads) {
        row(heads);
        row(Arrays.stream(heads).map(head -> "---").toArray(String[]::new));
    }

    void row(String... cells) {
        text.append(Arrays.stream(cells).collect(Collectors.joining(" | ", "| ", " |\n")));
    }

    void print() {
        System.out.print(text);
    }
}
