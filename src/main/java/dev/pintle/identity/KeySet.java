package dev.pintle.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The public keys of an identity provider (RFC 7517). Keys that no token may be verified with are left out. Immutable. */
final class KeySet {
    private static final int MAX_KEYS = 100;
    private static final int MIN_RSA_BITS = 2_048;

    private final String text;
    private final List<VerificationKey> keys;

    private KeySet(String text, List<VerificationKey> keys) {
        this.text = text;
        this.keys = keys;
    }

    /** @throws IOException when the text is no key set, or has no usable key */
    static KeySet parse(String text) throws IOException {
        try {
            List<VerificationKey> usable = JWKSet.parse(text).getKeys().stream()
                    .filter(KeySet::isUsable)
                    .limit(MAX_KEYS)
                    .flatMap(key -> Stream.ofNullable(VerificationKey.of(key)))
                    .toList();
            if (usable.isEmpty()) {
                throw new IOException("the key set has no public key for signatures");
            }
            return new KeySet(text, usable);
        } catch (ParseException | IllegalArgumentException e) {
            // The message of the parser may repeat the content.
            throw new IOException("the answer is no key set", e);
        }
    }

    private static boolean isUsable(JWK key) {
        boolean isPublic = Set.of(KeyType.RSA, KeyType.EC, KeyType.OKP).contains(key.getKeyType());
        boolean isForSignatures = key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE);
        boolean isStrong = !(key instanceof RSAKey rsa) || rsa.size() >= MIN_RSA_BITS;
        return isPublic && isForSignatures && isStrong;
    }

    String text() {
        return text;
    }

    /** Whether a key has this id. */
    boolean has(String id) {
        return keys.stream().anyMatch(key -> key.hasId(id));
    }

    /**
     * The keys that may have signed a token: several when an id occurs twice, or when the token has none.
     *
     * @param id null when the token names no key
     */
    List<VerificationKey> candidates(@Nullable String id, JWSAlgorithm algorithm) {
        return keys.stream()
                .filter(key -> (id == null || key.hasId(id)) && key.fits(algorithm))
                .toList();
    }
}
