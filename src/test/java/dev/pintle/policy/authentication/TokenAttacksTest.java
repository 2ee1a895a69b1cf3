package dev.pintle.policy.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.pintle.testing.RawClient;
import dev.pintle.testing.RawUpstream;
import dev.pintle.testing.TestGateway;
import dev.pintle.testing.TestIssuer;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every known attack on tokens (RFC 8725 and beyond), at one gateway: each is answered 401, and no upstream sees it. */
class TokenAttacksTest {
    private static final String RS256 = "{\"alg\":\"RS256\",\"kid\":\"first\"}";
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private static RawUpstream upstream;
    private static RawUpstream attackersServer;
    private static TestGateway gateway;
    private static TestIssuer issuer;
    private static RSAKey key;
    private static RSAKey attackersKey;
    private static ECKey curve;

    @BeforeAll
    static void start() throws Exception {
        upstream = RawUpstream.that(RawUpstream.answers(200, "hello"));
        attackersServer = RawUpstream.that(RawUpstream.answers(200, "{\"keys\": []}"));
        gateway = TestGateway.start();
        issuer = new TestIssuer();
        key = issuer.key();
        curve = TestIssuer.ec("curve");
        issuer.publish(curve);
        attackersKey = TestIssuer.rsa("first");
        assertThat(gateway.admin("PUT", "/api/v1/identity-providers/main", """
                        {"issuer": "%s", "audiences": ["api"]}""".formatted(issuer.url()))
                        .statusCode())
                .isEqualTo(201);
        gateway.route("guarded", "/guarded", upstream.url(), """
                , "authentication": {"anyOf": ["jwt:main"]}, "headers": {"request": {"set": {"X-Name": "{claim.name}"}}}""");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        upstream.close();
        attackersServer.close();
        issuer.close();
    }

    @Test
    void eachForgedTokenIsRefusedAndReachesNoUpstream() throws Exception {
        assertThat(statusOf(issuer.token())).as("a genuine token").isEqualTo("200");
        assertThat(statusOf(TestIssuer.sign(curve, "{\"alg\":\"ES256\",\"kid\":\"curve\"}", issuer.claims(""))))
                .as("a genuine token of the curve")
                .isEqualTo("200");
        int forwarded = upstream.requests().size();
        Map<String, String> attacks = new LinkedHashMap<>();
        algorithms(attacks);
        headers(attacks);
        signatures(attacks);
        claims(attacks);
        shapes(attacks);

        Map<String, String> answers = new LinkedHashMap<>();
        attacks.forEach((name, token) -> answers.put(name, statusOf(token)));

        assertThat(answers).hasSizeGreaterThan(60);
        assertThat(answers).allSatisfy((name, answer) -> assertThat(answer).isEqualTo("401 credentials-invalid"));
        assertThat(upstream.requests()).hasSize(forwarded);
        assertThat(attackersServer.requests()).as("requests to URLs of tokens").isEmpty();
    }

    private static void algorithms(Map<String, String> attacks) throws Exception {
        for (String none : new String[] {"none", "None", "NONE", "nOnE", "", " none", "none\\u0000"}) {
            String header = "{\"alg\":\"" + none + "\",\"kid\":\"first\"}";
            String input = TestIssuer.encode(header) + '.' + TestIssuer.encode(issuer.claims(""));
            attacks.put("alg '" + none + "' without a signature", input + '.');
            attacks.put("alg '" + none + "' without the last dot", input);
            attacks.put("alg '" + none + "' with a genuine signature", TestIssuer.sign(key, header, issuer.claims("")));
        }
        for (String symmetric : new String[] {"HS256", "HS384", "HS512", "hs256"}) {
            String header = "{\"alg\":\"" + symmetric + "\",\"kid\":\"first\"}";
            attacks.put(
                    symmetric + " by the public key",
                    macced(header, key.toRSAPublicKey().getEncoded()));
            attacks.put(
                    symmetric + " by the modulus",
                    macced(header, key.getModulus().decode()));
            attacks.put(symmetric + " by no key", macced(header, new byte[1]));
        }
        attacks.put("alg of another key type", sign(key, "\"alg\":\"ES256\",\"kid\":\"first\""));
        attacks.put("key of another type", sign(key, "\"alg\":\"RS256\",\"kid\":\"curve\""));
        attacks.put("alg in lower case", sign(key, "\"alg\":\"rs256\",\"kid\":\"first\""));
        attacks.put("alg that is not listed", sign(key, "\"alg\":\"RS384\",\"kid\":\"first\""));
        attacks.put("alg as a list", sign(key, "\"alg\":[\"RS256\"],\"kid\":\"first\""));
        attacks.put("no alg", sign(key, "\"kid\":\"first\""));
    }

    private static void headers(Map<String, String> attacks) throws Exception {
        for (String id : new String[] {
            "../../../../dev/null",
            "/dev/null",
            "' UNION SELECT 'key' --",
            "first' OR '1'='1",
            "first\\u0000",
            "|id",
            ""
        }) {
            attacks.put("kid '" + id + "'", sign(attackersKey, "\"alg\":\"RS256\",\"kid\":\"" + id + "\""));
            attacks.put(
                    "kid '" + id + "' by an empty secret",
                    macced("{\"alg\":\"HS256\",\"kid\":\"" + id + "\"}", new byte[1]));
        }
        String url = "\"" + attackersServer.url() + "/keys\"";
        String start = "\"alg\":\"RS256\",\"kid\":\"first\",";
        attacks.put("embedded jwk", sign(attackersKey, start + "\"jwk\":" + attackersKey.toPublicJWK()));
        attacks.put("jku", sign(attackersKey, start + "\"jku\":" + url));
        attacks.put("x5u", sign(attackersKey, start + "\"x5u\":" + url));
        attacks.put("x5c", sign(attackersKey, start + "\"x5c\":[\"MIIB\"]"));
        attacks.put("jku without a kid", sign(attackersKey, "\"alg\":\"RS256\",\"jku\":" + url));
        attacks.put("b64 false", sign(key, start + "\"b64\":false"));
        attacks.put("b64 false and critical", sign(key, start + "\"b64\":false,\"crit\":[\"b64\"]"));
        attacks.put("unknown crit", sign(key, start + "\"crit\":[\"urn:x\"],\"urn:x\":1"));
        attacks.put("crit of a known name", sign(key, start + "\"crit\":[\"alg\"]"));
        attacks.put("empty crit", sign(key, start + "\"crit\":[]"));
        attacks.put("two alg", sign(key, "\"alg\":\"none\"," + start + "\"typ\":\"JWT\""));
        attacks.put("two kid", sign(key, start + "\"kid\":\"first\""));
        attacks.put("kid as a number", sign(key, "\"alg\":\"RS256\",\"kid\":1"));
        attacks.put("compressed", sign(key, start + "\"zip\":\"DEF\""));
    }

    private static void signatures(Map<String, String> attacks) throws Exception {
        String valid = TestIssuer.sign(curve, "{\"alg\":\"ES256\",\"kid\":\"curve\"}", issuer.claims(""));
        String input = valid.substring(0, valid.lastIndexOf('.') + 1);
        byte[] order = P256_ORDER.toByteArray();
        byte[] orders = new byte[64];
        System.arraycopy(order, 1, orders, 0, 32);
        System.arraycopy(order, 1, orders, 32, 32);
        byte[] onlyR = Arrays.copyOf(new Base64URL(valid.substring(input.length())).decode(), 64);
        Arrays.fill(onlyR, 32, 64, (byte) 0);
        byte[] ones = new byte[64];
        ones[31] = 1;
        ones[63] = 1;
        attacks.put("empty signature", input);
        attacks.put("psychic signature: zeros", input + Base64URL.encode(new byte[64]));
        attacks.put("psychic signature: the order of the curve", input + Base64URL.encode(orders));
        attacks.put("psychic signature: s is zero", input + Base64URL.encode(onlyR));
        attacks.put("r and s are one", input + Base64URL.encode(ones));
        attacks.put("signature in DER", input + Base64URL.encode(new byte[] {0x30, 6, 2, 1, 0, 2, 1, 0}));
        attacks.put("one byte", input + Base64URL.encode(new byte[1]));
        attacks.put(
                "signature of another token",
                issuer.token(issuer.claims(",\"admin\":true"))
                        .replaceFirst("\\.[^.]*$", "." + issuer.token().split("\\.", -1)[2]));
        attacks.put("signature of another issuer's key", TestIssuer.sign(attackersKey, RS256, issuer.claims("")));
        attacks.put(
                "RSA signature of zeros", issuer.token().replaceFirst("[^.]*$", Base64URL.encode(new byte[256]) + ""));
    }

    private static void claims(Map<String, String> attacks) throws Exception {
        for (String times : new String[] {
            "\"exp\":\"4102444800\"",
            "\"exp\":1e300",
            "\"exp\":99999999999999999999999999",
            "\"exp\":-1",
            "\"exp\":null",
            "\"exp\":{}",
            "\"x\":1",
            "\"exp\":1,\"exp\":4102444800",
            "\"exp\":4102444800,\"nbf\":4102444000",
            "\"exp\":4102444800,\"nbf\":\"0\"",
            "\"exp\":NaN"
        }) {
            attacks.put(times, issuer.token("{\"iss\":\"" + issuer.url() + "\",\"aud\":\"api\"," + times + "}"));
        }
        String start = "{\"exp\":4102444800,";
        attacks.put("another issuer", issuer.token(start + "\"iss\":\"https://evil.example\",\"aud\":\"api\"}"));
        attacks.put("issuer with a slash", issuer.token(start + "\"iss\":\"" + issuer.url() + "/\",\"aud\":\"api\"}"));
        attacks.put(
                "two issuers", issuer.token(start + "\"iss\":\"" + issuer.url() + "\",\"iss\":\"x\",\"aud\":\"api\"}"));
        attacks.put(
                "audience of another service", issuer.token(issuer.claims("").replace("\"api\"", "\"api2\"")));
        attacks.put("no audience", issuer.token(start + "\"iss\":\"" + issuer.url() + "\"}"));
        attacks.put("two subjects", issuer.token(issuer.claims(",\"sub\":\"root\"")));
    }

    private static void shapes(Map<String, String> attacks) throws Exception {
        String token = issuer.token();
        String[] parts = token.split("\\.", -1);
        attacks.put(
                "nested token", TestIssuer.sign(key, "{\"alg\":\"RS256\",\"kid\":\"first\",\"cty\":\"JWT\"}", token));
        attacks.put("nested token without cty", TestIssuer.sign(key, RS256, token));
        attacks.put(
                "encrypted token",
                TestIssuer.encode("{\"alg\":\"RSA-OAEP\",\"enc\":\"A128GCM\",\"kid\":\"first\"}")
                        + ".AAAA.AAAA.AAAA.AAAA");
        attacks.put("signed, but says encrypted", sign(key, "\"alg\":\"RS256\",\"enc\":\"A128GCM\""));
        attacks.put(
                "JSON serialization",
                "{\"payload\":\"" + parts[1] + "\",\"protected\":\"" + parts[0] + "\",\"signature\":\"" + parts[2]
                        + "\"}");
        attacks.put("9 KiB", issuer.token(issuer.claims(",\"x\":\"" + "x".repeat(7 << 10) + "\"")));
        attacks.put("padded", parts[0] + "=." + parts[1] + '.' + parts[2]);
        attacks.put("four parts", token + ".AAAA");
        attacks.put("no parts", "AAAA");
        attacks.put("a space inside", parts[0] + ". " + parts[1] + '.' + parts[2]);
        attacks.put("two tokens", token + ", " + token);
        attacks.put("claims that are a list", issuer.token("[]"));
        attacks.put(
                "deeply nested claims", issuer.token(issuer.claims(",\"x\":" + "[".repeat(2_000) + "]".repeat(2_000))));
    }

    @Test
    void aSecondAuthorizationHeaderIsRefusedWhateverItsPlaceAndScheme() throws Exception {
        String genuine = "Authorization: Bearer " + issuer.token() + "\r\n";
        for (String second : new String[] {
            genuine, "authorization: Bearer forged\r\n", "Authorization: Basic YTpi\r\n", "Authorization: \r\n"
        }) {
            assertThat(send(genuine + second)).startsWith("HTTP/1.1 401 ");
            assertThat(send(second + genuine)).startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void textOfClaimsReachesTheUpstreamAsUtf8AndNeverBreaksTheHeader() throws Exception {
        assertThat(nameAtUpstream("Jürgen 李")).isEqualTo("Jürgen 李");
        assertThat(nameAtUpstream("a\\u010d\\u010aX-Evil: 1"))
                .as("the low bytes are CR LF")
                .isEqualTo("ačĊX-Evil: 1");
        assertThat(nameAtUpstream("a\\r\\nX-Evil: 1")).isNull();
        assertThat(nameAtUpstream("a\\u0000")).isNull();
        assertThat(nameAtUpstream("a\\u007f")).isNull();
        assertThat(nameAtUpstream("\\ud800")).as("half a character").isEqualTo("?");
    }

    private static String nameAtUpstream(String claim) throws Exception {
        assertThat(statusOf(issuer.token(issuer.claims(",\"name\":\"" + claim + "\""))))
                .isEqualTo("200");
        Map<String, String> received = upstream.requests().getLast().fields();
        assertThat(received).doesNotContainKey("x-evil");
        String name = received.get("x-name");
        return name == null ? null : new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String sign(RSAKey by, String header) throws Exception {
        return TestIssuer.sign(by, "{" + header + "}", issuer.claims(""));
    }

    private static String macced(String header, byte[] secret) throws Exception {
        String input = TestIssuer.encode(header) + '.' + TestIssuer.encode(issuer.claims(""));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, JWSAlgorithm.HS256.getName()));
        return input + '.' + Base64URL.encode(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The status, and the code of a problem. */
    private static String statusOf(String token) {
        var response = gateway.get("/guarded", "Authorization", "Bearer " + token);
        int code = response.body().indexOf("\"code\":\"");
        return code < 0
                ? String.valueOf(response.statusCode())
                : response.statusCode() + " "
                        + response.body().substring(code + 8).split("\"", 2)[0];
    }

    private static String send(String headers) {
        try (RawClient client = gateway.connect()) {
            return client.send("GET /guarded HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n")
                    .head();
        }
    }
}
