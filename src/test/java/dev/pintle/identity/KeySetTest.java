package dev.pintle.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.pintle.testing.TestIssuer;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of a provider that may verify a token. */
class KeySetTest {
    private final RSAKey any = TestIssuer.rsa("any");
    private final RSAKey signing = new RSAKey.Builder(TestIssuer.rsa("signing"))
            .keyUse(KeyUse.SIGNATURE)
            .build();

    @Test
    void aKeyForEncryptionAWeakKeyAndASecretAreLeftOut() throws Exception {
        RSAKey encrypting = new RSAKey.Builder(TestIssuer.rsa("encrypting"))
                .keyUse(KeyUse.ENCRYPTION)
                .build();
        RSAKey weak = new RSAKeyGenerator(1_024, true).keyID("weak").generate().toPublicJWK();
        JWK secret = new OctetSequenceKey.Builder(new byte[32]).keyID("secret").build();

        KeySet keys = keys(any, signing, encrypting, weak, secret);

        assertThat(List.of("any", "signing", "encrypting", "weak", "secret"))
                .filteredOn(keys::has)
                .containsExactly("any", "signing");
    }

    @Test
    void aSetWithoutAUsableKeyIsRefused() {
        JWK secret = new OctetSequenceKey.Builder(new byte[32]).build();

        assertThatThrownBy(() -> keys(secret))
                .isInstanceOf(IOException.class)
                .hasMessage("the key set has no public key for signatures");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"keys\": 1}",
                "{\"keys\": [{\"kty\": \"hunter2\"}]}",
                "{\"keys\": [{\"kty\": \"EC\", \"crv\": \"hunter2\", \"x\": \"AQ\", \"y\": \"AQ\"}]}"
            })
    void anErrorDoesNotQuoteTheAnswer(String text) {
        assertThatThrownBy(() -> KeySet.parse(text))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aTokenIsVerifiedByTheKeysOfItsIdAndAlgorithmOnly() throws Exception {
        RSAKey rs512 = new RSAKey.Builder(TestIssuer.rsa("512"))
                .algorithm(new Algorithm("RS512"))
                .build();
        ECKey curve = TestIssuer.ec("curve");
        KeySet keys = keys(any, rs512, curve);

        assertThat(ids(keys.candidates(null, JWSAlgorithm.RS256))).containsExactly("any");
        assertThat(ids(keys.candidates(null, JWSAlgorithm.RS512))).containsExactly("any", "512");
        assertThat(ids(keys.candidates("512", JWSAlgorithm.RS512))).containsExactly("512");
        assertThat(keys.candidates("512", JWSAlgorithm.RS256)).isEmpty();
        assertThat(ids(keys.candidates(null, JWSAlgorithm.ES256))).containsExactly("curve");
        assertThat(keys.candidates(null, JWSAlgorithm.ES384))
                .as("the other curve")
                .isEmpty();
        assertThat(keys.candidates(null, JWSAlgorithm.EdDSA)).isEmpty();
    }

    private static KeySet keys(JWK... keys) throws IOException {
        return KeySet.parse(new JWKSet(List.of(keys)).toString(false));
    }

    private static List<String> ids(List<VerificationKey> keys) {
        return Stream.of("any", "512", "curve")
                .filter(id -> keys.stream().anyMatch(key -> key.hasId(id)))
                .toList();
    }
}
