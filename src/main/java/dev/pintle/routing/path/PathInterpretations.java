package dev.pintle.routing.path;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Every way in which an upstream, or several behind one another, might read a path: percent-encodings decoded not at all, once
 * or twice, and before and after that, in any order, unreserved ones decoded, {@code ;parameters} dropped, backslashes taken
 * for slashes, double slashes merged, dot segments resolved (RFC 3986 sections 5.2.4 and 6.2.2). The order matters: what dot
 * segments climb out of depends on what counts as a segment by then. Chars stand for octets.
 */
final class PathInterpretations {
    /** Ordinary paths have a handful. */
    private static final int MOST = 64;

    /** In all of them together, so that a path that is long has to have fewer. */
    private static final int MOST_CHARACTERS = 512 << 10;

    private static final int DECODINGS = 2;

    private static final List<UnaryOperator<String>> STEPS = List.of(
            path -> PathNormalization.decoded(path, PathNormalization::isUnreserved),
            PathNormalization::withoutParameters,
            path -> path.replace('\\', '/'),
            PathNormalization::merged,
            PathNormalization::resolved);

    private PathInterpretations() {}

    /** Whether every reader reads the path alike, so that there is one reading only. */
    static boolean isPlain(String path) {
        int length = path.length();
        for (int i = 0; i < length; i++) {
            char c = path.charAt(i);
            if (c == '%' || c == ';' || c == '\\' || c <= ' ' || c >= 0x7f) {
                return false;
            }
            if (c == '/' && i + 1 < length && (path.charAt(i + 1) == '/' || path.charAt(i + 1) == '.')) {
                return false;
            }
        }
        return true;
    }

    /** The readings of a path, itself first. */
    static Set<String> of(String path) throws AmbiguousPathException {
        refuseRaw(path);
        Set<String> readings = new LinkedHashSet<>(List.of(path));
        addNormalized(readings);
        Set<String> found = readings;
        for (int i = 0; i < DECODINGS; i++) {
            Set<String> decoded = new LinkedHashSet<>();
            for (String reading : found) {
                decoded.add(PathNormalization.decoded(reading, octet -> true));
            }
            refuseHidden(decoded);
            addNormalized(decoded);
            readings.addAll(decoded);
            found = decoded;
        }
        return readings;
    }

    private static void addNormalized(Set<String> readings) throws AmbiguousPathException {
        Deque<String> open = new ArrayDeque<>(readings);
        long characters = readings.stream().mapToLong(String::length).sum();
        while (!open.isEmpty()) {
            String reading = open.remove();
            for (UnaryOperator<String> step : STEPS) {
                String next = step.apply(reading);
                if (readings.add(next)) {
                    open.add(next);
                    characters += next.length();
                }
            }
            if (readings.size() > MOST || characters > MOST_CHARACTERS) {
                throw new AmbiguousPathException("can be read in too many ways");
            }
        }
    }

    /**
     * Whether dot segments lead out of a path, at any point of the walk.
     *
     * @param path begins with a slash, or is empty
     */
    static boolean climbsOut(String path) {
        int depth = 0;
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..")) {
                depth--;
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    private static void refuseRaw(String path) throws AmbiguousPathException {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) <= ' ' || path.charAt(i) >= 0x7f) {
                throw new AmbiguousPathException("holds an octet that must be percent-encoded");
            }
            if (path.charAt(i) == '%' && PathNormalization.encodedAt(path, i) < 0) {
                throw new AmbiguousPathException("holds a % that begins no valid percent-encoding");
            }
        }
    }

    private static void refuseHidden(Set<String> decoded) throws AmbiguousPathException {
        for (String path : decoded) {
            for (int i = 0; i < path.length(); i++) {
                char c = path.charAt(i);
                if (c < ' ' || c == 0x7f) {
                    throw new AmbiguousPathException("holds a control character");
                }
                if (isOverlong(c, i + 1 < path.length() ? path.charAt(i + 1) : 0)) {
                    throw new AmbiguousPathException("holds an overlong UTF-8 sequence");
                }
            }
        }
    }

    /** Whether two octets begin a UTF-8 sequence that is longer than it need be: another way to write a slash or a dot. */
    private static boolean isOverlong(char first, char second) {
        return first == 0xc0
                || first == 0xc1
                || (first == 0xe0 && second >= 0x80 && second < 0xa0)
                || (first == 0xf0 && second >= 0x80 && second < 0x90)
                || (first == 0xf8 && second >= 0x80 && second < 0x88)
                || (first == 0xfc && second >= 0x80 && second < 0x84);
    }
}
