package dev.pintle.routing.path;

import java.util.function.IntPredicate;

/** The normalization steps that servers apply to a path. A path begins with a slash; a char holds one byte. */
final class PathNormalization {
    private static final String UNRESERVED_MARKS = "-._~";

    private PathNormalization() {}

    /**
     * Decodes percent-encoded bytes. A percent sign that begins no encoding stays.
     *
     * @param bytes the bytes to decode
     */
    static String decoded(String path, IntPredicate bytes) {
        if (path.indexOf('%') < 0) {
            return path;
        }
        StringBuilder decoded = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            int value = encodedAt(path, i);
            if (value >= 0 && bytes.test(value)) {
                decoded.append((char) value);
                i += 2;
            } else {
                decoded.append(path.charAt(i));
            }
        }
        return decoded.toString();
    }

    /** Returns the byte that is percent-encoded at an index, or -1 when none is. */
    static int encodedAt(String path, int index) {
        if (path.charAt(index) != '%' || index + 2 >= path.length()) {
            return -1;
        }
        int high = Character.digit(path.charAt(index + 1), 16);
        int low = Character.digit(path.charAt(index + 2), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || UNRESERVED_MARKS.indexOf(c) >= 0;
    }

    /** Cuts each segment at its first semicolon. */
    static String withoutParameters(String path) {
        if (path.indexOf(';') < 0) {
            return path;
        }
        StringBuilder kept = new StringBuilder(path.length());
        boolean parameter = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            parameter = c == ';' || (parameter && c != '/');
            if (!parameter) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    /** Merges consecutive slashes. */
    static String merged(String path) {
        if (!path.contains("//")) {
            return path;
        }
        StringBuilder merged = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '/' || i == 0 || path.charAt(i - 1) != '/') {
                merged.append(path.charAt(i));
            }
        }
        return merged.toString();
    }

    /**
     * Removes the authority that parsers of URL references see behind two slashes: {@code //host/a} is {@code /a} on
     * another host.
     */
    static String withoutAuthority(String path) {
        if (!path.startsWith("//")) {
            return path;
        }
        int authority = 2;
        while (authority < path.length() && path.charAt(authority) == '/') {
            authority++;
        }
        int end = path.indexOf('/', authority);
        return end < 0 ? "/" : path.substring(end);
    }

    /** Resolves dot segments (RFC 3986 section 5.2.4); those above the root have no effect. */
    static String resolved(String path) {
        if (!path.contains("/.")) {
            return path;
        }
        StringBuilder kept = new StringBuilder(path.length());
        int start = 0;
        while (start < path.length()) {
            int slash = path.indexOf('/', start + 1);
            int end = slash < 0 ? path.length() : slash;
            String segment = path.substring(start + 1, end);
            boolean up = segment.equals("..");
            if (up) {
                kept.setLength(Math.max(0, kept.lastIndexOf("/")));
            }
            if (!up && !segment.equals(".")) {
                kept.append(path, start, end);
            } else if (end == path.length()) {
                kept.append('/');
            }
            start = end;
        }
        return kept.toString();
    }
}
