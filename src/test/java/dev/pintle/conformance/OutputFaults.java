package dev.pintle.conformance;

import java.util.List;
import java.util.Locale;

/** Finds violations in messages of the gateway, whatever message it received. */
final class OutputFaults {
    private static final int LONGEST = 100;

    private OutputFaults() {}

    /** Checks that a message has one end (RFC 9112 section 6). */
    static void ofFraming(List<RawField> fields, List<String> faults) {
        List<String> lengths = RawField.values(fields, "Content-Length");
        List<String> codings = RawField.values(fields, "Transfer-Encoding");
        if (lengths.size() + codings.size() > 1) {
            faults.add("more than one end: " + lengths + " and " + codings);
        }
        lengths.stream()
                .filter(length -> !length.matches("[0-9]{1,18}"))
                .forEach(length -> faults.add("Content-Length: " + visible(length)));
        codings.stream()
                .filter(coding -> !coding.equals("chunked"))
                .forEach(coding -> faults.add("Transfer-Encoding: " + visible(coding)));
        fields.stream()
                .map(field -> field.name().toLowerCase(Locale.ROOT))
                .filter(name -> name.equals("content_length") || name.equals("transfer_encoding"))
                .forEach(name -> faults.add("a header that imitates another: " + name));
    }

    /** Escapes bytes for people. */
    static String visible(String bytes) {
        StringBuilder text = new StringBuilder();
        bytes.chars()
                .limit(LONGEST)
                .forEach(c -> text.append(
                        c >= ' ' && c < 0x7f ? String.valueOf((char) c) : String.format(Locale.ROOT, "\\x%02x", c)));
        return bytes.length() > LONGEST ? text + "…" : text.toString();
    }
}
