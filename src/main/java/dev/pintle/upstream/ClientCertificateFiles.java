package dev.pintle.upstream;

import java.nio.file.Path;

/**
 * Where a client certificate is kept.
 *
 * @param certificate PEM: the certificate, and those between it and its authority
 * @param key PEM: its private key in PKCS #8, RSA or EC
 */
public record ClientCertificateFiles(Path certificate, Path key) {}
