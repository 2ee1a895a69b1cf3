package dev.pintle.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A header of a raw head. */
record RawField(String name, String value) {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** Parses header lines. A line that a strict parser rejects is recorded as a fault, and ignored. */
    static List<RawField> read(List<String> lines, List<String> faults) {
        List<RawField> fields = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches() || hasForbidden(line)) {
                faults.add("an invalid header line: " + OutputFaults.visible(line));
            } else {
                fields.add(new RawField(line.substring(0, colon), trimmed(line.substring(colon + 1))));
            }
        }
        OutputFaults.ofFraming(fields, faults);
        return fields;
    }

    static List<String> values(List<RawField> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(RawField::value)
                .toList();
    }

    /** Removes the white space around a value (RFC 9110 section 5.6.3). */
    static String trimmed(String value) {
        // \z, because $ also matches before a final 0x85, which Java treats as a line end.
        return value.replaceAll("^[ \t]+|[ \t]+\\z", "");
    }

    private static boolean hasForbidden(String line) {
        return line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0 || line.indexOf('\0') >= 0;
    }
}
