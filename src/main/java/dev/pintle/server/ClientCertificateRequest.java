package dev.pintle.server;

/** Whether a connector asks clients for certificates. */
public enum ClientCertificateRequest {
    /** Asks for none. */
    NONE,
    /** Accepts clients without a certificate. A certificate that is not valid fails the handshake. */
    REQUEST,
    /** Fails the handshake of clients without a valid certificate. */
    REQUIRE
}
