package dev.pintle.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The form of a path that a route may take: one that every upstream reads alike, so that it can be compared octet by octet.
 * Percent-encodings, dot segments and the like are therefore not for routes.
 */
public final class PathSyntax {
    /** The paths that the gateway answers itself. */
    public static final Set<String> RESERVED =
            Set.of("/__health", "/__ready", "/__routes", "/__circuit", "/__limits", "/__metrics");

    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9/._~!$&'()+,=:@-]*");
    private static final int LONGEST = 1_024;

    private PathSyntax() {}

    /** What is wrong with a path, and what to write instead. */
    public static Optional<String> fault(String path, boolean exact) {
        if (!path.startsWith("/")) {
            return Optional.of("must begin with a slash; write " + Truncated.quoted('/' + path));
        }
        if (path.indexOf('*') >= 0) {
            return Optional.of("must not hold a *; a path takes all that is below it already");
        }
        if (path.length() > LONGEST) {
            return Optional.of("must be at most " + LONGEST + " characters long; it has " + path.length());
        }
        if (!CHARACTERS.matcher(path).matches()) {
            return Optional.of("must be of letters, digits and /._~!$&'()+,=:@- alone, without %-encodings, ; or \\;"
                    + " it is " + Truncated.quoted(path));
        }
        if (path.contains("//")) {
            return Optional.of("must not hold an empty segment (//); it is " + Truncated.quoted(path));
        }
        if (Arrays.stream(path.split("/", -1)).anyMatch(segment -> segment.equals(".") || segment.equals(".."))) {
            return Optional.of("must not hold . or .. as a segment; it is " + Truncated.quoted(path));
        }
        if (!exact && path.length() > 1 && path.endsWith("/")) {
            String shorter = path.substring(0, path.length() - 1);
            return Optional.of(
                    "must not end with a slash: " + Truncated.quoted(shorter) + " takes all that is below it");
        }
        return Optional.empty();
    }
}
