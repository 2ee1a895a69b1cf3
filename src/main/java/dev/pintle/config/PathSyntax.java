package dev.pintle.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The syntax of a path in a route. It admits only paths that every upstream interprets alike, so that the gateway can
 * compare them byte by byte. Percent-encodings and dot segments are therefore not allowed.
 */
public final class PathSyntax {
    /** The paths of the introspection endpoints. */
    public static final Set<String> RESERVED =
            Set.of("/__health", "/__ready", "/__routes", "/__circuit", "/__limits", "/__metrics");

    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9/._~!$&'()+,=:@-]*");
    private static final int MAX_LENGTH = 1_024;

    private PathSyntax() {}

    /** Returns the fault of a path and the remedy; empty when the path is valid. */
    public static Optional<String> fault(String path, boolean exact) {
        if (!path.startsWith("/")) {
            return Optional.of("must begin with a slash; write " + Truncated.quoted('/' + path));
        }
        if (path.indexOf('*') >= 0) {
            return Optional.of("must not contain a *; a path also matches everything below it");
        }
        if (path.length() > MAX_LENGTH) {
            return Optional.of("must be at most " + MAX_LENGTH + " characters long; it has " + path.length());
        }
        if (!CHARACTERS.matcher(path).matches()) {
            return Optional.of("must contain only letters, digits and /._~!$&'()+,=:@-, without %-encodings, ; or \\; "
                    + "it is " + Truncated.quoted(path));
        }
        if (path.contains("//")) {
            return Optional.of("must not contain an empty segment (//); it is " + Truncated.quoted(path));
        }
        if (Arrays.stream(path.split("/", -1)).anyMatch(segment -> segment.equals(".") || segment.equals(".."))) {
            return Optional.of("must not contain . or .. as a segment; it is " + Truncated.quoted(path));
        }
        if (!exact && path.length() > 1 && path.endsWith("/")) {
            String shorter = path.substring(0, path.length() - 1);
            return Optional.of(
                    "must not end with a slash: " + Truncated.quoted(shorter) + " also matches everything below it");
        }
        return Optional.empty();
    }
}
