package dev.pintle.routing.path;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Lists all interpretations of a path by an upstream or a chain of servers.
 *
 * <p>An interpretation decodes percent-encodings zero to two times. Before and after each decoding it applies these
 * steps in any order: decode unreserved characters, remove {@code ;parameters}, read backslashes as slashes, remove the
 * authority behind two slashes, merge slashes, resolve dot segments (RFC 3986 sections 5.2.4 and 6.2.2). The order
 * matters, because it decides which segments a dot segment removes. A char holds one byte.
 */
final class PathInterpretations {
    /** Ordinary paths have fewer than ten. */
    private static final int MAX_INTERPRETATIONS = 64;

    /** Bounds the total length of all interpretations, and so the memory that a long path can use. */
    private static final int MAX_CHARACTERS = 512 << 10;

    private static final int DECODINGS = 2;

    private static final List<UnaryOperator<String>> STEPS = List.of(
            path -> PathNormalization.decoded(path, PathNormalization::isUnreserved),
            PathNormalization::withoutParameters,
            path -> path.replace('\\', '/'),
            PathNormalization::withoutAuthority,
            PathNormalization::merged,
            PathNormalization::resolved);

    private PathInterpretations() {}

    /** Returns whether all servers interpret the path in the same way. */
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

    /** Returns the interpretations of a path, the path itself first. */
    static Set<String> of(String path) throws AmbiguousPathException {
        rejectInvalidBytes(path);
        Set<String> interpretations = new LinkedHashSet<>(List.of(path));
        addNormalized(interpretations);
        Set<String> found = interpretations;
        for (int i = 0; i < DECODINGS; i++) {
            Set<String> decoded = new LinkedHashSet<>();
            for (String interpretation : found) {
                decoded.add(PathNormalization.decoded(interpretation, value -> true));
            }
            rejectHiddenBytes(decoded);
            addNormalized(decoded);
            interpretations.addAll(decoded);
            found = decoded;
        }
        return interpretations;
    }

    /** Decodes a segment as often as readers do, and drops its parameters. */
    static String decodedSegment(String segment) {
        String decoded = segment;
        for (int i = 0; i < DECODINGS; i++) {
            decoded = PathNormalization.decoded(decoded, any -> true);
        }
        return PathNormalization.withoutParameters(decoded);
    }

    private static void addNormalized(Set<String> interpretations) throws AmbiguousPathException {
        Deque<String> open = new ArrayDeque<>(interpretations);
        long characters = interpretations.stream().mapToLong(String::length).sum();
        while (!open.isEmpty()) {
            String interpretation = open.remove();
            for (UnaryOperator<String> step : STEPS) {
                String next = step.apply(interpretation);
                if (interpretations.add(next)) {
                    open.add(next);
                    characters += next.length();
                }
            }
            if (interpretations.size() > MAX_INTERPRETATIONS || characters > MAX_CHARACTERS) {
                throw new AmbiguousPathException("has too many interpretations");
            }
        }
    }

    /**
     * Returns whether dot segments leave a path at any of its segments.
     *
     * @param path empty, or begins with a slash
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

    private static void rejectInvalidBytes(String path) throws AmbiguousPathException {
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) <= ' ' || path.charAt(i) >= 0x7f) {
                throw new AmbiguousPathException("contains a byte that must be percent-encoded");
            }
            if (path.charAt(i) == '%' && PathNormalization.encodedAt(path, i) < 0) {
                throw new AmbiguousPathException("contains a % that begins no valid percent-encoding");
            }
        }
    }

    private static void rejectHiddenBytes(Set<String> decoded) throws AmbiguousPathException {
        for (String path : decoded) {
            for (int i = 0; i < path.length(); i++) {
                char c = path.charAt(i);
                if (c < ' ' || c == 0x7f) {
                    throw new AmbiguousPathException("contains a control character");
                }
                if (isOverlong(c, i + 1 < path.length() ? path.charAt(i + 1) : 0)) {
                    throw new AmbiguousPathException("contains an overlong UTF-8 sequence");
                }
            }
        }
    }

    /** Returns whether two bytes begin an overlong UTF-8 sequence, which can hide a slash or a dot. */
    private static boolean isOverlong(char first, char second) {
        return first == 0xc0
                || first == 0xc1
                || (first == 0xe0 && second >= 0x80 && second < 0xa0)
                || (first == 0xf0 && second >= 0x80 && second < 0x90)
                || (first == 0xf8 && second >= 0x80 && second < 0x88)
                || (first == 0xfc && second >= 0x80 && second < 0x84);
    }
}
