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

/** Verifies signatures of tokens. The type of a key must fit the algorithm, so that no key serves another algorithm. */
final class Signatures {
    /** The encoding of an Ed25519 public key before its 32 bytes (RFC 8410). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Signatures() {}

    /** Whether a key can have signed with an algorithm. */
    static boolean fits(JWK key, JWSAlgorithm algorithm) {
        return switch (key) {
            case RSAKey rsa -> JWSAlgorithm.Family.RSA.contains(algorithm);
            case ECKey ec ->
                Curve.forJWSAlgorithm(algorithm) != null
                        && Curve.forJWSAlgorithm(algorithm).contains(ec.getCurve())
                        && JWSAlgorithm.Family.EC.contains(algorithm);
            case OctetKeyPair okp ->
                algorithm.equals(JWSAlgorithm.EdDSA) && okp.getCurve().equals(Curve.Ed25519);
            default -> false;
        };
    }

    /** Whether the signature over the input is valid under the key, which fits the algorithm. */
    static boolean isValid(JWK key, JWSAlgorithm algorithm, byte[] input, byte[] signature) {
        try {
            return switch (key) {
                case RSAKey rsa -> verify(new RSASSAVerifier(rsa.toRSAPublicKey()), algorithm, input, signature);
                case ECKey ec -> verify(new ECDSAVerifier(ec.toECPublicKey()), algorithm, input, signature);
                case OctetKeyPair okp -> verifyEd25519(okp.getDecodedX(), input, signature);
                default -> false;
            };
        } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
            return false;
        }
    }

    private static boolean verify(JWSVerifier verifier, JWSAlgorithm algorithm, byte[] input, byte[] signature)
            throws JOSEException {
        return verifier.verify(new JWSHeader(algorithm), input, Base64URL.encode(signature));
    }

    /** The library would need Tink for this algorithm; the JDK has it. */
    private static boolean verifyEd25519(byte[] publicKey, byte[] input, byte[] signature)
            throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(ED25519_PREFIX, ED25519_PREFIX.length + publicKey.length);
        System.arraycopy(publicKey, 0, encoded, ED25519_PREFIX.length, publicKey.length);
        PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        Signature verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(input);
        return verifier.verify(signature);
    }
}
