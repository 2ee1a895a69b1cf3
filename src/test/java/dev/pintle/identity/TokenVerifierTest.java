package dev.pintle.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.EntityKind;
import dev.pintle.config.IdentityProviderSpec;
import dev.pintle.routing.RouteSchema;
import dev.pintle.testing.ManualTicker;
import dev.pintle.testing.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The attacks of RFC 8725 and beyond. {@code TokenAttacksTest} makes them at a whole gateway. */
class TokenVerifierTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ManualTicker TICKER = new ManualTicker();

    private static TestIssuer issuer;
    private static RSAKey key;
    private static ECKey curve;
    private static IdentityProvider provider;

    private final TokenVerifier verifier = new TokenVerifier(TICKER, Instant::now);

    @BeforeAll
    static void open() throws Exception {
        issuer = new TestIssuer();
        key = issuer.key();
        curve = TestIssuer.ec("curve");
        provider = provider("{\"id\": \"main\", \"issuer\": \"" + issuer.url()
                + "\", \"audiences\": [\"api\"], \"jwks\": {\"keys\": [" + key.toPublicJWK() + "," + curve.toPublicJWK()
                + "]}}");
    }

    @AfterAll
    static void close() {
        issuer.close();
    }

    private static IdentityProvider provider(String json) throws Exception {
        IdentityProviderSpec spec = (IdentityProviderSpec) new DocumentCache(RouteSchema.SCHEMA)
                .entity(EntityKind.IDENTITY_PROVIDER, JSON.readTree(json))
                .spec();
        return new IdentityProvider(spec.id(), spec, url -> new byte[0], TICKER, Instant::now, () -> {});
    }

    private TokenResult verify(String token) {
        return verifier.verify(token, List.of(provider));
    }

    private void assertInvalid(String token, String reason) {
        assertThat(verify(token))
                .isInstanceOfSatisfying(
                        TokenResult.Invalid.class,
                        invalid -> assertThat(invalid.reason()).contains(reason));
    }

    @Test
    void aTokenOfTheIssuerIsValid() throws Exception {
        assertThat(verify(issuer.token(issuer.claims(",\"scope\":\"a b\""))))
                .isInstanceOfSatisfying(
                        TokenResult.Valid.class,
                        valid -> assertThat(valid.claims()).containsEntry("sub", "ada"));
        assertThat(verify(TestIssuer.sign(curve, "{\"alg\":\"ES256\",\"kid\":\"curve\"}", issuer.claims(""))))
                .isInstanceOf(TokenResult.Valid.class);
        assertThat(verify(TestIssuer.sign(key, "{\"alg\":\"RS256\"}", issuer.claims(""))))
                .as("no kid: every key that fits")
                .isInstanceOf(TokenResult.Valid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", "HS256", "RS384", "", "RS256 "})
    void anAlgorithmThatIsNotListedIsRefused(String algorithm) throws Exception {
        String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"first\"}";

        assertInvalid(TestIssuer.sign(key, header, issuer.claims("")), "algorithm");
        assertThat(verify(TestIssuer.encode(header) + '.' + TestIssuer.encode(issuer.claims("")) + '.'))
                .isInstanceOf(TokenResult.Invalid.class);
    }

    @Test
    void aPublicKeyIsNoSecretOfAnHmac() throws Exception {
        String input =
                TestIssuer.encode("{\"alg\":\"HS256\",\"kid\":\"first\"}") + '.' + TestIssuer.encode(issuer.claims(""));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.toRSAPublicKey().getEncoded(), "HmacSHA256"));
        byte[] signature = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));

        assertInvalid(input + '.' + Base64URL.encode(signature), "algorithm");
    }

    @Test
    void aKeyOfOneTypeServesNoAlgorithmOfAnother() throws Exception {
        assertInvalid(TestIssuer.sign(key, "{\"alg\":\"ES256\",\"kid\":\"first\"}", issuer.claims("")), "signature");
        assertInvalid(TestIssuer.sign(curve, "{\"alg\":\"RS256\",\"kid\":\"curve\"}", issuer.claims("")), "signature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../../dev/null",
                "' or 1=1 --",
                "/etc/passwd",
                "first\\u0000",
                "unknown",
            })
    void aKeyIdIsOnlyAName(String keyId) throws Exception {
        RSAKey forged = TestIssuer.rsa("forged");

        assertInvalid(
                TestIssuer.sign(forged, "{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"}", issuer.claims("")),
                "signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwk", "jku", "x5u", "x5c"})
    void aKeyInTheHeaderIsIgnored(String member) throws Exception {
        RSAKey forged = TestIssuer.rsa("first");
        String value = switch (member) {
            case "jwk" -> forged.toPublicJWK().toJSONString();
            case "x5c" -> "[\"MIIB\"]";
            default -> "\"" + issuer.url() + "/keys\"";
        };

        assertInvalid(
                TestIssuer.sign(
                        forged,
                        "{\"alg\":\"RS256\",\"kid\":\"first\",\"" + member + "\":" + value + "}",
                        issuer.claims("")),
                "signature");
        assertThat(issuer.keyRequests()).isZero();
    }

    @Test
    void anEmptyOrPsychicSignatureIsRefused() throws Exception {
        String valid = TestIssuer.sign(curve, "{\"alg\":\"ES256\",\"kid\":\"curve\"}", issuer.claims(""));
        String input = valid.substring(0, valid.lastIndexOf('.') + 1);

        assertInvalid(input, "compact form");
        assertInvalid(input + Base64URL.encode(new byte[64]), "signature");
        assertInvalid(input + Base64URL.encode(new byte[1]), "signature");
        assertInvalid(valid.substring(0, valid.length() - 4) + "AAAA", "signature");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "crit":["b64"],"b64":false | extension
                    "b64":false                | extension
                    "crit":["exp"]             | extension
                    "crit":[]                  | extension
                    "cty":"JWT"                | nested
                    "enc":"A128GCM"            | encrypted
                    "zip":"DEF"                | encrypted
                    "alg":"none"               | name twice
                    "kid":5                    | name twice
                    "typ":5                    | wrong typ
                    """)
    void aHeaderWithExtensionsIsRefused(String member, String reason) throws Exception {
        assertInvalid(
                TestIssuer.sign(key, "{\"alg\":\"RS256\",\"kid\":\"first\"," + member + "}", issuer.claims("")),
                reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "exp":"4102444800"           | exp is not a time
                    "exp":1e300                  | exp is not a time
                    "exp":99999999999999999999   | exp is not a time
                    "exp":-1                     | exp is not a time
                    "exp":null                   | exp is not a time
                    "exp":true                   | exp is not a time
                    "sub":"x"                    | never expires
                    "exp":4102444800,"nbf":4102444000 | nbf is in the future
                    "exp":4102444800,"exp":1     | name twice
                    "exp":4102444800,"iat":"x"   | iat is not a time
                    """)
    void aTokenWithWrongTimesIsRefused(String claims, String reason) throws Exception {
        assertInvalid(issuer.token("{\"iss\":\"" + issuer.url() + "\",\"aud\":\"api\"," + claims + "}"), reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "iss":"https://other.example","aud":"api" | iss
                    "aud":"api"                               | iss
                    "iss":["ISSUER"],"aud":"api"              | iss
                    "iss":"ISSUER"                            | aud
                    "iss":"ISSUER","aud":"other"              | aud
                    "iss":"ISSUER","aud":["other","API"]      | aud
                    "iss":"ISSUER","aud":{"api":1}            | aud
                    """)
    void aTokenOfAnotherIssuerOrAudienceIsRefused(String claims, String reason) throws Exception {
        String written = "{\"exp\":4102444800," + claims.replace("ISSUER", issuer.url()) + "}";

        assertInvalid(issuer.token(written), reason);
    }

    @Test
    void anExpiredTokenDiffersFromAnInvalidOne() throws Exception {
        String expired = "{\"iss\":\"" + issuer.url() + "\",\"aud\":\"api\",\"exp\":1000000000}";

        assertThat(verify(issuer.token(expired))).isInstanceOf(TokenResult.Expired.class);
        assertInvalid(
                TestIssuer.sign(TestIssuer.rsa("first"), "{\"alg\":\"RS256\",\"kid\":\"first\"}", expired),
                "signature");
    }

    @Test
    void aTokenThatIsNoCompactTokenIsRefused() throws Exception {
        String valid = issuer.token();
        String[] parts = valid.split("\\.", -1);

        assertInvalid("", "compact form");
        assertInvalid("a.b", "compact form");
        assertInvalid(valid + ".x.y", "compact form");
        assertInvalid(parts[0] + "=." + parts[1] + '.' + parts[2], "compact form");
        assertInvalid(parts[0] + '.' + parts[1] + '.' + parts[2] + "==", "compact form");
        assertInvalid(parts[0].replace('-', '+') + "+." + parts[1] + '.' + parts[2], "compact form");
        assertInvalid(issuer.token(issuer.claims(",\"x\":\"" + "x".repeat(9 << 10) + "\"")), "more than 8192");
        assertInvalid(issuer.token("[]"), "no object");
        assertInvalid(issuer.token("{}trailing"), "no valid JSON");
    }

    @Test
    void theRequiredTypeIsComparedAsAMediaType() throws Exception {
        IdentityProvider typed = provider("{\"id\": \"typed\", \"issuer\": \"" + issuer.url()
                + "\", \"requiredType\": \"at+jwt\", \"jwks\": {\"keys\": [" + key.toPublicJWK() + "]}}");
        for (String type : List.of("at+jwt", "AT+JWT", "application/at+jwt")) {
            String token = TestIssuer.sign(key, "{\"alg\":\"RS256\",\"typ\":\"" + type + "\"}", issuer.claims(""));
            assertThat(verifier.verify(token, List.of(typed))).as(type).isInstanceOf(TokenResult.Valid.class);
        }
        assertThat(verifier.verify(issuer.token(), List.of(typed))).isInstanceOf(TokenResult.Invalid.class);
    }

    @Test
    void aVerifiedTokenIsForgottenWhenTheKeysOfTheProviderChange() throws Exception {
        String token = issuer.token();
        assertThat(verify(token)).isInstanceOf(TokenResult.Valid.class);
        IdentityProvider successor = provider("{\"id\": \"main\", \"issuer\": \"" + issuer.url()
                + "\", \"jwks\": {\"keys\": [" + curve.toPublicJWK() + "]}}");

        assertThat(verifier.verify(token, List.of(successor))).isInstanceOf(TokenResult.Invalid.class);
    }
}
