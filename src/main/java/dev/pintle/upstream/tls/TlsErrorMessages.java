package dev.pintle.upstream.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Describes why TLS failed. The JDK hides the reason in nested causes. */
public final class TlsErrorMessages {
    private TlsErrorMessages() {}

    /** Whether the certificate of the target is the reason. */
    public static boolean isAboutCertificate(SSLException thrown) {
        return certificateError(thrown) != null;
    }

    /** The reason, as a clause. */
    public static String reason(SSLException thrown) {
        String error = certificateError(thrown);
        return error == null ? "the TLS handshake failed (" + thrown.getMessage() + ')' : error;
    }

    private static @Nullable String certificateError(SSLException thrown) {
        String identity = null;
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            switch (cause) {
                case CertificateExpiredException e -> {
                    return "its certificate has expired";
                }
                case CertificateNotYetValidException e -> {
                    return "its certificate is not valid yet";
                }
                case CertPathBuilderException e -> {
                    return "its certificate is from an untrusted authority";
                }
                case CertPathValidatorException e -> {
                    identity = null;
                }
                case CertificateException e
                when e.getClass() == CertificateException.class ->
                    identity = "its certificate is for another name (" + e.getMessage() + ')';
                default -> {}
            }
        }
        return identity;
    }
}
