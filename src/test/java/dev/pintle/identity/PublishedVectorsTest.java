package dev.pintle.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The signatures that RFC 7515, RFC 7520 and RFC 8037 print, in {@code published-signatures.json}. */
class PublishedVectorsTest {
    record Vector(String name, JWK key, String token, boolean accepted) {
        JWSAlgorithm algorithm() throws Exception {
            return JWSHeader.parse(new Base64URL(part(0))).getAlgorithm();
        }

        byte[] input() {
            return token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
        }

        byte[] signature() {
            return new Base64URL(part(2)).decode();
        }

        private String part(int index) {
            return token.split("\\.", -1)[index];
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Vector> vectors() throws IOException {
        try (InputStream file = PublishedVectorsTest.class.getResourceAsStream("/published-signatures.json")) {
            JsonNode written = new ObjectMapper().readTree(file);
            return written.valueStream().map(PublishedVectorsTest::vector);
        }
    }

    private static Vector vector(JsonNode written) {
        try {
            return new Vector(
                    written.path("name").textValue(),
                    JWK.parse(written.path("jwk").toString()),
                    written.path("token").textValue(),
                    written.path("accepted").booleanValue());
        } catch (ParseException e) {
            throw new IllegalArgumentException(written.toString(), e);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aPublishedSignatureIsValidExactlyAsPrintedUnlessItsAlgorithmIsSymmetric(Vector vector) throws Exception {
        byte[] damaged = vector.signature();
        damaged[damaged.length / 2] ^= 1;

        assertThat(isValid(vector, vector.signature())).isEqualTo(vector.accepted());
        assertThat(isValid(vector, damaged)).isFalse();
        assertThat(isValidForTheLibrary(vector)).as("the vector itself").isTrue();
    }

    private static boolean isValid(Vector vector, byte[] signature) throws Exception {
        VerificationKey key = VerificationKey.of(vector.key());
        return key != null
                && key.fits(vector.algorithm())
                && key.isValid(vector.algorithm(), vector.input(), signature);
    }

    /** The library verifies Ed25519 only with Tink. */
    private static boolean isValidForTheLibrary(Vector vector) throws Exception {
        JWSVerifier verifier = switch (vector.key()) {
            case RSAKey rsa -> new RSASSAVerifier(rsa);
            case ECKey ec -> new ECDSAVerifier(ec);
            case OctetSequenceKey secret -> new MACVerifier(secret);
            case OctetKeyPair pair -> null;
            default -> throw new IllegalArgumentException(vector.name());
        };
        return verifier == null || JWSObject.parse(vector.token()).verify(verifier);
    }

    @Test
    void theUnsecuredExampleOfRfc7515IsRefused() {
        String unsecured =
                "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.";

        assertThatExceptionOfType(InvalidTokenException.class).isThrownBy(() -> ParsedToken.of(unsecured));
    }
}
