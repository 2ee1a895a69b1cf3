package dev.pintle.proxy;

import dev.pintle.http.CidrSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses an address in the formats that proxies write to {@code X-Forwarded-For}: {@code 203.0.113.1}, {@code
 * 203.0.113.1:5678}, {@code 2001:db8::1}, {@code [2001:db8::1]} or {@code [2001:db8::1]:443}, optionally in double
 * quotes. It drops a zone.
 */
final class ForwardedAddress {
    private static final int MAX_LENGTH = 64;
    private static final String IPV6 = "[0-9A-Fa-f]*:[0-9A-Fa-f:.]*";
    private static final String PORT = "(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))?";
    private static final Pattern FORM = Pattern.compile("(?<quote>\"?)(?:(?<ipv4>[0-9]{1,3}(?:\\.[0-9]{1,3}){3})" + PORT
            + "|\\[(?<bracketed>" + IPV6 + ")(?:%[^]\"]*)?]" + PORT
            + "|(?<ipv6>" + IPV6 + ")(?:%[^\"]*)?)\\k<quote>");

    private ForwardedAddress() {}

    /**
     * Returns the address in its canonical form, without port; null for {@code unknown}, {@code _hidden} and other
     * text.
     */
    static @Nullable String parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return null;
        }
        for (String group : new String[] {"ipv4", "bracketed", "ipv6"}) {
            if (form.group(group) != null) {
                return CidrSet.canonical(form.group(group));
            }
        }
        return null;
    }
}
