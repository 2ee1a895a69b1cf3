package dev.pintle.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** One field of a head as it came over the wire. */
record RawField(String name, String value) {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** The fields of the lines; what no strict reader takes for a field is noted as a fault, and left out. */
    static List<RawField> read(List<String> lines, List<String> faults) {
        List<RawField> fields = new ArrayList<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 0 || !NAME.matcher(line.substring(0, colon)).matches() || hasForbidden(line)) {
                faults.add("a line that is no field: " + OutputFaults.visible(line));
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

    /** A value without the white space around it (RFC 9110 section 5.6.3). */
    static String trimmed(String value) {
        // \z, as $ also stands before a last 0x85, which Java takes for the end of a line.
        return value.replaceAll("^[ \t]+|[ \t]+\\z", "");
    }

    private static boolean hasForbidden(String line) {
        return line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0 || line.indexOf('\0') >= 0;
    }
}
