package dev.pintle.lint;

import dev.pintle.config.Settings;
import dev.pintle.upstream.UpstreamSpec;
import dev.pintle.upstream.UpstreamType;
import dev.pintle.upstream.target.TargetSpec;
import dev.pintle.upstream.target.UpstreamProtocol;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/** Finds HTTP/2 in clear text to public addresses. */
final class ClearTextUpstream implements RouteRule {
    private static final Rule RULE = new Rule(
            "clear-text-upstream",
            Severity.WARNING,
            "`upstream.protocol` is `h2c`, and a target is a public address: requests and their credentials travel"
                    + " unencrypted.",
            "Use `h2` and an `https` target, or accept the finding if the way to the target is private.");

    /** The first byte of unique local addresses (RFC 4193), which the JDK does not know as private. */
    private static final int UNIQUE_LOCAL = 0xfc;

    @Override
    public Rule rule() {
        return RULE;
    }

    @Override
    public void check(LintedRoute route, LintedConfiguration all, Report report) {
        if (!route.settings().contains(UpstreamType.TYPE)) {
            return;
        }
        Settings<UpstreamSpec> upstream = route.settings().of(UpstreamType.TYPE);
        if (upstream.get(UpstreamSpec::protocol) != UpstreamProtocol.H2C) {
            return;
        }
        List<TargetSpec> targets = upstream.find(UpstreamSpec::targets);
        for (int i = 0; targets != null && i < targets.size(); i++) {
            String url = String.valueOf(targets.get(i).url());
            if (isPublic(url)) {
                report.add(
                        RULE,
                        route,
                        "/upstream/targets/" + i + "/url",
                        "HTTP/2 in clear text goes to the public address " + url + '.');
            }
        }
    }

    /** Names are not looked up. */
    private static boolean isPublic(String url) {
        String host = URI.create(url).getHost();
        if (host == null) {
            return false;
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        } catch (IllegalArgumentException name) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return !address.isLoopbackAddress()
                && !address.isSiteLocalAddress()
                && !address.isLinkLocalAddress()
                && !(bytes.length > 4 && (bytes[0] & 0xfe) == UNIQUE_LOCAL);
    }
}
