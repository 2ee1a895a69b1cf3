package dev.pintle.routing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Every way in which an upstream might read a path: percent-encodings decoded or not (unreserved ones, all, all twice),
 * {@code ;parameters} kept or dropped before or after that, backslashes as slashes, double slashes merged, dot segments
 * resolved (RFC 3986 sections 5.2.4 and 6.2.2). Chars stand for octets.
 */
final class PathReadings {
    private static final String UNRESERVED_MARKS = "-._~";

    private PathReadings() {}

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

    /** The readings of a path, itself first. Dot segments are resolved in some and stand as they are in others. */
    static Set<String> of(String path) throws AmbiguousPathException {
        refuseRaw(path);
        Set<String> readings = new LinkedHashSet<>();
        for (String decoded : decodings(path)) {
            refuseHidden(decoded);
            variants(decoded, PathReadings::withoutParameters)
                    .flatMap(reading -> variants(reading, text -> text.replace('\\', '/')))
                    .flatMap(reading -> variants(reading, PathReadings::merged))
                    .flatMap(reading -> variants(reading, PathReadings::resolved))
                    .forEach(readings::add);
        }
        return readings;
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

    private static Stream<String> variants(String reading, UnaryOperator<String> change) {
        String changed = change.apply(reading);
        return changed.equals(reading) ? Stream.of(reading) : Stream.of(reading, changed);
    }

    private static List<String> decodings(String octets) throws AmbiguousPathException {
        List<String> decodings = new ArrayList<>(6);
        decodings.add(octets);
        String once = decoded(octets, true, false);
        decodings.add(decoded(octets, true, true));
        decodings.add(once);
        decodings.add(decoded(withoutParameters(octets), true, false));
        if (once.indexOf('%') >= 0) {
            decodings.add(decoded(once, false, false));
        }
        return decodings;
    }

    /** @param strict whether a percent sign that begins no encoding is a fault, or stands for itself */
    private static String decoded(String octets, boolean strict, boolean unreservedOnly) throws AmbiguousPathException {
        StringBuilder decoded = new StringBuilder(octets.length());
        for (int i = 0; i < octets.length(); i++) {
            char c = octets.charAt(i);
            int value = c == '%' ? encodedAt(octets, i) : -1;
            if (c == '%' && value < 0 && strict) {
                throw new AmbiguousPathException("holds a % that begins no valid percent-encoding");
            }
            if (value < 0 || (unreservedOnly && !isUnreserved((char) value))) {
                decoded.append(c);
            } else {
                decoded.append((char) value);
                i += 2;
            }
        }
        return decoded.toString();
    }

    private static int encodedAt(String octets, int percent) {
        if (percent + 2 >= octets.length()) {
            return -1;
        }
        int high = Character.digit(octets.charAt(percent + 1), 16);
        int low = Character.digit(octets.charAt(percent + 2), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || UNRESERVED_MARKS.indexOf(c) >= 0;
    }

    private static void refuseRaw(String path) throws AmbiguousPathException {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) <= ' ' || path.charAt(i) >= 0x7f) {
                throw new AmbiguousPathException("holds an octet that must be percent-encoded");
            }
        }
    }

    private static void refuseHidden(String decoded) throws AmbiguousPathException {
        for (int i = 0; i < decoded.length(); i++) {
            char c = decoded.charAt(i);
            if (c < ' ' || c == 0x7f) {
                throw new AmbiguousPathException("holds a control character");
            }
            if (isOverlong(c, i + 1 < decoded.length() ? decoded.charAt(i + 1) : 0)) {
                throw new AmbiguousPathException("holds an overlong UTF-8 sequence");
            }
        }
    }

    /** Whether two octets begin a UTF-8 sequence that is longer than it need be: another way to write a slash or a dot. */
    private static boolean isOverlong(char first, char second) {
        return first == 0xc0
                || first == 0xc1
                || (first == 0xe0 && second >= 0x80 && second < 0xa0)
                || (first == 0xf0 && second >= 0x80 && second < 0x90);
    }

    private static String withoutParameters(String path) {
        return path.indexOf(';') < 0 ? path : path.replaceAll(";[^/]*", "");
    }

    private static String merged(String path) {
        return path.contains("//") ? path.replaceAll("/{2,}", "/") : path;
    }

    private static String resolved(String path) {
        if (!path.contains("/.")) {
            return path;
        }
        List<String> kept = new ArrayList<>();
        String[] segments = path.substring(1).split("/", -1);
        for (int i = 0; i < segments.length; i++) {
            boolean last = i == segments.length - 1;
            boolean up = segments[i].equals("..");
            if (up && !kept.isEmpty()) {
                kept.removeLast();
            }
            if (!up && !segments[i].equals(".")) {
                kept.add(segments[i]);
            } else if (last) {
                kept.add("");
            }
        }
        return '/' + String.join("/", kept);
    }
}
