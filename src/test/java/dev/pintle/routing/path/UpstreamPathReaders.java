package dev.pintle.routing.path;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The interpretations that upstreams may give a path: each step any number of times and in any order, but at most two
 * full decodings. This oracle shares no code with the gateway and ignores cost.
 */
final class UpstreamPathReaders {
    private static final Pattern ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");
    /** The unreserved characters of RFC 3986 section 2.3: letters, digits and {@code -._~}. */
    private static final Pattern UNRESERVED =
            Pattern.compile("%([46][1-9A-Fa-f]|[57][0-9Aa]|3[0-9]|2[DdEe]|5[Ff]|7[Ee])");

    private static final List<UnaryOperator<String>> STEPS = List.of(
            path -> decoded(path, UNRESERVED),
            path -> path.replaceAll(";[^/]*", ""),
            path -> path.replace('\\', '/'),
            path -> path.replaceAll("//+", "/"),
            path -> path.replaceFirst("^//+[^/]*$", "/").replaceFirst("^//+[^/]+/", "/"),
            path -> path.replaceFirst("\0.*", ""),
            UpstreamPathReaders::withoutDotSegments);

    private record Reading(String path, int decoded) {}

    private UpstreamPathReaders() {}

    /** Returns all interpretations, the path itself included. A char holds one byte. */
    static Set<String> of(String path) {
        Set<Reading> interpretations = new HashSet<>();
        Deque<Reading> open = new ArrayDeque<>(List.of(new Reading(path, 0)));
        Set<String> paths = new HashSet<>();
        while (!open.isEmpty()) {
            Reading interpretation = open.remove();
            if (interpretations.add(interpretation)) {
                paths.add(interpretation.path());
                STEPS.forEach(
                        step -> open.add(new Reading(step.apply(interpretation.path()), interpretation.decoded())));
                if (interpretation.decoded() < 2) {
                    String decoded = decoded(interpretation.path(), ENCODED);
                    open.add(new Reading(decoded, interpretation.decoded() + 1));
                    open.add(new Reading(lenientlyUtf8(decoded), interpretation.decoded() + 1));
                }
            }
        }
        return paths;
    }

    /** Keeps invalid percent-encodings. */
    private static String decoded(String path, Pattern encoded) {
        return encoded.matcher(path)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(
                        Character.toString(Integer.parseInt(found.group(1), 16))));
    }

    /** Decodes UTF-8 as a decoder that accepts overlong sequences. */
    private static String lenientlyUtf8(String octets) {
        return octets.replaceAll("\u00c0\u00ae|\u00e0\u0080\u00ae", ".")
                .replaceAll("\u00c0\u00af|\u00e0\u0080\u00af", "/");
    }

    /** RFC 3986 section 5.2.4; dot segments above the root have no effect. */
    private static String withoutDotSegments(String path) {
        List<String> kept = new ArrayList<>();
        boolean open = false;
        for (String segment : path.substring(Math.min(1, path.length())).split("/", -1)) {
            open = segment.equals(".") || segment.equals("..");
            if (!open) {
                kept.add(segment);
            } else if (segment.equals("..") && !kept.isEmpty()) {
                kept.removeLast();
            }
        }
        return '/' + String.join("/", kept) + (open && !kept.isEmpty() ? "/" : "");
    }
}
