package dev.pintle.server.http1;

import dev.pintle.server.guards.HostHeader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the authority of a request target in absolute form (RFC 9112 section 3.2.2), because Jetty does not. */
final class RequestTarget {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/(?<authority>/)?");
    private static final String NO_HOST = "the request target has no host";

    private RequestTarget() {}

    /** Returns the violation of a target as sent; null when it is valid. */
    static @Nullable String fault(String target) {
        return target.startsWith("/") ? null : absoluteFault(target);
    }

    private static @Nullable String absoluteFault(String target) {
        Matcher scheme = SCHEME.matcher(target);
        if (!scheme.lookingAt()) {
            return null;
        }
        if (scheme.group("authority") == null) {
            return NO_HOST;
        }
        String authority = target.substring(scheme.end(), authorityEnd(target, scheme.end()));
        if (authority.isEmpty() || authority.startsWith(":")) {
            return NO_HOST;
        }
        return HostHeader.isValid(authority)
                ? null
                : "the authority of the request target is not a host with an optional port";
    }

    private static int authorityEnd(String target, int start) {
        int end = start;
        while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) {
            end++;
        }
        return end;
    }
}
