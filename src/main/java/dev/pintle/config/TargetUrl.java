package dev.pintle.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The form of a target's URL: http or https, a host, perhaps a port and a path; nothing else. */
final class TargetUrl {
    private TargetUrl() {}

    /** What is wrong with a URL, and what to write instead. */
    static Optional<String> fault(@Nullable String url) {
        if (url == null) {
            return Optional.empty();
        }
        try {
            return fault(new URI(url));
        } catch (URISyntaxException e) {
            return Optional.of("must be a URL such as \"http://localhost:5001\"; " + e.getReason() + " at character "
                    + e.getIndex());
        }
    }

    private static Optional<String> fault(URI url) {
        if (!"http".equalsIgnoreCase(url.getScheme()) && !"https".equalsIgnoreCase(url.getScheme())) {
            return Optional.of("must begin with http:// or https://");
        }
        if (url.getRawUserInfo() != null) {
            return Optional.of("must not hold a user or password");
        }
        if (url.getHost() == null) {
            return Optional.of(
                    "must name a host (letters, digits, hyphens and dots) and, if a port, one from 1 to 65535");
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            return Optional.of("must name a port from 1 to 65535");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            return Optional.of("must not hold a query or a fragment");
        }
        String path = url.getRawPath();
        return path.isEmpty()
                ? Optional.empty()
                : PathSyntax.fault(path, true).map(message -> "has a path that " + message);
    }
}
