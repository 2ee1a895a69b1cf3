package dev.pintle.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.util.Base64URL;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.config.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A signed token in compact form (RFC 7519), read strictly: no padding, no duplicate claims, no extensions. The header never
 * names a key to trust: {@code jku}, {@code x5u}, {@code x5c} and {@code jwk} are ignored.
 *
 * @param keyId null when the token names no key
 * @param type null when the token has no {@code typ}
 * @param signed the input of the signature
 */
record ParsedToken(
        JWSAlgorithm algorithm,
        @Nullable String keyId,
        @Nullable String type,
        ObjectNode claims,
        String signed,
        Base64URL signature) {
    static final int MAX_LENGTH = 8 << 10;

    private static final int MAX_KEY_ID = 256;
    private static final int PARTS = 3;

    static ParsedToken of(String token) throws InvalidTokenException {
        if (token.length() > MAX_LENGTH) {
            throw new InvalidTokenException("it has more than " + MAX_LENGTH + " characters");
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS || !Arrays.stream(parts).allMatch(ParsedToken::isBase64Url)) {
            throw new InvalidTokenException("it is not a signed JSON Web Token in compact form");
        }
        ObjectNode header = json(parts[0]);
        if (header.has("crit") || header.has("b64")) {
            throw new InvalidTokenException("it needs an extension that is not supported");
        }
        if (header.has("enc") || header.has("zip") || isNested(header)) {
            throw new InvalidTokenException("it is encrypted or nested");
        }
        String algorithm = text(header, "alg");
        if (algorithm == null) {
            throw new InvalidTokenException("it names no algorithm");
        }
        String keyId = text(header, "kid");
        if (keyId != null && keyId.length() > MAX_KEY_ID) {
            throw new InvalidTokenException("the id of its key is too long");
        }
        return new ParsedToken(
                new JWSAlgorithm(algorithm),
                keyId,
                text(header, "typ"),
                json(parts[1]),
                parts[0] + '.' + parts[1],
                new Base64URL(parts[2]));
    }

    private static boolean isBase64Url(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isDigit && !isLetter && c != '-' && c != '_') {
                return false;
            }
        }
        return !part.isEmpty();
    }

    private static boolean isNested(ObjectNode header) {
        return header.path("cty").asText().equalsIgnoreCase("JWT");
    }

    private static @Nullable String text(ObjectNode header, String name) throws InvalidTokenException {
        JsonNode value = header.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw new InvalidTokenException("its header has a wrong " + name);
        }
        return value.textValue();
    }

    private static ObjectNode json(String part) throws InvalidTokenException {
        try {
            if (StrictJson.read(new ByteArrayInputStream(decode(part))) instanceof ObjectNode object) {
                return object;
            }
        } catch (MalformedJsonException | InvalidSpecException | IOException e) {
            throw new InvalidTokenException("it holds no valid JSON, or a name twice");
        }
        throw new InvalidTokenException("it holds JSON that is no object");
    }

    private static byte[] decode(String part) throws InvalidTokenException {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException e) {
            throw new InvalidTokenException("it is not in base64url");
        }
    }
}
