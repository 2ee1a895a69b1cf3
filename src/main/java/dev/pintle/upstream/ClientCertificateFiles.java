package dev.pintle.upstream;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;

/**
 * Where a client certificate is kept.
 *
 * @param certificate PEM: the certificate, and those between it and its authority
 * @param key PEM: its private key in PKCS #8, RSA or EC
 */
public record ClientCertificateFiles(
        @NotNull Path certificate, @NotNull Path key) {}
