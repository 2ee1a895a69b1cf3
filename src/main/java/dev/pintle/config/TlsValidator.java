package dev.pintle.config;

import dev.pintle.tls.Pem;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;

/** The rules that {@code upstream.tls} must keep by itself; what a node knows of client certificates is asked elsewhere. */
final class TlsValidator {
    private static final String POINTER = "/upstream/tls";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,63}");
    private static final int LONGEST_BUNDLE = 256 << 10;

    private TlsValidator() {}

    static void check(@Nullable TlsSpec tls, @Nullable List<TargetSpec> targets, ViolationCollector faults) {
        if (tls == null) {
            return;
        }
        if (Objects.requireNonNullElse(targets, List.<TargetSpec>of()).stream().noneMatch(TlsValidator::isSecure)) {
            faults.add(POINTER, "has a meaning only with a target that begins with https://");
        }
        caBundle(tls.caBundle(), faults);
        serverName(tls.serverName(), faults);
        faults.matches(
                POINTER + "/clientCertificate",
                tls.clientCertificate(),
                NAME,
                "the name of one of the clientCertificates in config.yml: up to 63 letters, digits, dots, hyphens and"
                        + " underscores");
    }

    /** Elements that could not be read are null, and URLs that are none were reported. */
    private static boolean isSecure(@Nullable TargetSpec target) {
        return target != null && target.url() != null && target.url().regionMatches(true, 0, "https:", 0, 6);
    }

    private static void caBundle(@Nullable String bundle, ViolationCollector faults) {
        if (bundle == null) {
            return;
        }
        String pointer = POINTER + "/caBundle";
        if (Pem.holdsPrivateKey(bundle)) {
            faults.add(pointer, "holds a private key; take it out, and take the key for known to others");
        } else if (bundle.length() > LONGEST_BUNDLE) {
            faults.add(pointer, "must be at most " + LONGEST_BUNDLE + " characters long; it has " + bundle.length());
        } else {
            try {
                Pem.certificates(bundle);
            } catch (IllegalArgumentException e) {
                faults.add(pointer, String.valueOf(e.getMessage()));
            }
        }
    }

    private static void serverName(@Nullable String name, ViolationCollector faults) {
        if (name != null && !isHostName(name)) {
            faults.add(POINTER + "/serverName", "must be a host name without a port; it is " + Truncated.quoted(name));
        }
    }

    private static boolean isHostName(String name) {
        try {
            return new SNIHostName(name).getAsciiName().equals(name);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
