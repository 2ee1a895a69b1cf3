package dev.pintle.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** The syntax of a host in a route: a name, an address, or a wildcard for all names below a name. */
final class HostSyntax {
    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final Pattern NAME = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]+]");

    private HostSyntax() {}

    /** Returns the fault of a host and the remedy; empty when the host is valid. */
    static Optional<String> fault(String host) {
        if (host.length() <= 255
                && (NAME.matcher(host).matches() || IPV6.matcher(host).matches())) {
            return Optional.empty();
        }
        return Optional.of("must be a host such as \"api.example.com\" or \"*.example.org\", without scheme or port;"
                + " it is " + Truncated.quoted(host));
    }
}
