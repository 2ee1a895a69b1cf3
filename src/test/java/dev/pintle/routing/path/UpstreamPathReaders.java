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
 * What upstreams may make of a path: what real ones do to one, each thing any number of times and all in any order, but
 * decoding all twice at most. It shares no code with the gateway's own readings, and cares for no time.
 */
final class UpstreamPathReaders {
    private static final Pattern ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");
    /** As RFC 3986 section 6.2.2.2 normalizes: letters, digits and {@code -._~}. */
    private static final Pattern UNRESERVED =
            Pattern.compile("%([46][1-9A-Fa-f]|[57][0-9Aa]|3[0-9]|2[DdEe]|5[Ff]|7[Ee])");

    private static final List<UnaryOperator<String>> STEPS = List.of(
            path -> decoded(path, UNRESERVED),
            path -> path.replaceAll(";[^/]*", ""),
            path -> path.replace('\\', '/'),
            path -> path.replaceAll("//+", "/"),
            path -> path.replaceFirst("\0.*", ""),
            UpstreamPathReaders::withoutDotSegments);

    private record Reading(String path, int decoded) {}

    private UpstreamPathReaders() {}

    /** All of them, the path itself included. Chars stand for octets. */
    static Set<String> of(String path) {
        Set<Reading> readings = new HashSet<>();
        Deque<Reading> open = new ArrayDeque<>(List.of(new Reading(path, 0)));
        Set<String> paths = new HashSet<>();
        while (!open.isEmpty()) {
            Reading reading = open.remove();
            if (readings.add(reading)) {
                paths.add(reading.path());
                STEPS.forEach(step -> open.add(new Reading(step.apply(reading.path()), reading.decoded())));
                if (reading.decoded() < 2) {
                    String decoded = decoded(reading.path(), ENCODED);
                    open.add(new Reading(decoded, reading.decoded() + 1));
                    open.add(new Reading(lenientlyUtf8(decoded), reading.decoded() + 1));
                }
            }
        }
        return paths;
    }

    /** What is no percent-encoding stays as it is. */
    private static String decoded(String path, Pattern encoded) {
        return encoded.matcher(path)
                .replaceAll(found -> java.util.regex.Matcher.quoteReplacement(
                        Character.toString(Integer.parseInt(found.group(1), 16))));
    }

    /** As by decoders that do not mind that a sequence is longer than it need be. */
    private static String lenientlyUtf8(String octets) {
        return octets.replaceAll("\u00c0\u00ae|\u00e0\u0080\u00ae", ".")
                .replaceAll("\u00c0\u00af|\u00e0\u0080\u00af", "/");
    }

    /** RFC 3986 section 5.2.4; what would climb above the root stays there. */
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
