package dev.pintle.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A public key that verifies signatures of tokens. Its type must fit the algorithm, so that no key serves another algorithm.
 * Immutable and safe for all threads.
 */
final class VerificationKey {
    /** The encoding of an Ed25519 public key before its 32 bytes (RFC 8410). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final JWK key;
    private final Verifier verifier;

    private VerificationKey(JWK key, Verifier verifier) {
        this.key = key;
        this.verifier = verifier;
    }

    /** Verifies a signature over an input. */
    private interface Verifier {
        boolean verify(JWSAlgorithm algorithm, byte[] input, byte[] signature)
                throws JOSEException, GeneralSecurityException;
    }

    /** Prepares a key once for all tokens; null when the gateway cannot verify with it. */
    static @Nullable VerificationKey of(JWK key) {
        try {
            return switch (key) {
                case RSAKey rsa -> new VerificationKey(key, library(new RSASSAVerifier(rsa.toRSAPublicKey())));
                case ECKey ec -> new VerificationKey(key, library(new ECDSAVerifier(ec.toECPublicKey())));
                case OctetKeyPair okp
                when okp.getCurve().equals(Curve.Ed25519) -> new VerificationKey(key, ed25519(okp.getDecodedX()));
                default -> null;
            };
        } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
            return null;
        }
    }

    private static Verifier library(JWSVerifier verifier) {
        return (algorithm, input, signature) ->
                verifier.verify(new JWSHeader(algorithm), input, Base64URL.encode(signature));
    }

    /** The library would need Tink for this algorithm; the JDK has it. */
    private static Verifier ed25519(byte[] publicKey) throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + publicKey.length);
        System.arraycopy(publicKey, 0, encoded, ED25519_PREFIX.length, publicKey.length);
        PublicKey decoded = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        return (algorithm, input, signature) -> {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(decoded);
            verifier.update(input);
            return verifier.verify(signature);
        };
    }

    boolean hasId(String id) {
        return id.equals(key.getKeyID());
    }

    /** Whether the key can have signed with an algorithm. */
    boolean fits(JWSAlgorithm algorithm) {
        boolean isForAlgorithm =
                key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm);
        return isForAlgorithm
                && switch (key) {
                    case RSAKey rsa -> JWSAlgorithm.Family.RSA.contains(algorithm);
                    case ECKey ec ->
                        JWSAlgorithm.Family.EC.contains(algorithm)
                                && Curve.forJWSAlgorithm(algorithm).contains(ec.getCurve());
                    case OctetKeyPair okp -> algorithm.equals(JWSAlgorithm.EdDSA);
                    default -> false;
                };
    }

    /** Whether the signature over the input is valid under this key, which fits the algorithm. */
    boolean isValid(JWSAlgorithm algorithm, byte[] input, byte[] signature) {
        try {
            return verifier.verify(algorithm, input, signature);
        } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }
}
