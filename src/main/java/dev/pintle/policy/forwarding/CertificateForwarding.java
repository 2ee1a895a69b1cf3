package dev.pintle.policy.forwarding;

import dev.pintle.http.HeaderNameSet;

/** The treatment of the headers that tell an upstream the certificate of the client (RFC 9440). */
enum CertificateForwarding {
    /** The route verifies no certificates: headers of trusted proxies are forwarded. */
    FROM_TRUSTED_PROXY,
    /** The route verifies certificates and tells the upstream nothing. */
    NONE,
    /** The upstream receives the certificate that the gateway verified. */
    VERIFIED;

    static final String HEADER = "Client-Cert";

    private static final HeaderNameSet NAMES = HeaderNameSet.of("client-cert", "client-cert-chain");

    static boolean isAbout(String name) {
        return NAMES.contains(name);
    }
}
