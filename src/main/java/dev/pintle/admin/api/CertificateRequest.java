package dev.pintle.admin.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.JsonPointers;
import dev.pintle.config.Violations;
import dev.pintle.identity.CertificateNames;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request to give a client certificate to a consumer.
 *
 * @param identifier the name in the certificate, after the prefix of its kind
 */
record CertificateRequest(String name, @Nullable Instant expires, String identifier) {
    /** The kinds of names in certificates. */
    private enum NameKind {
        URI(
                "uri",
                CertificateNames.URI_NAME,
                "[a-z][0-9a-z+.-]*:[!-~]{1,2000}",
                "a URI such as spiffe://example.org/billing"),
        DNS("dns", CertificateNames.DNS_NAME, "[0-9a-z_*]([0-9a-z_.-]{0,251}[0-9a-z])?", "a DNS name in lower case"),
        SHA_256(
                "sha256",
                CertificateNames.SHA_256,
                "[0-9a-f]{64}",
                "64 lowercase hexadecimal digits: the SHA-256 of the certificate in DER");

        private final String key;
        private final String prefix;
        private final Pattern pattern;
        private final String form;

        NameKind(String key, String prefix, String pattern, String form) {
            this.key = key;
            this.prefix = prefix;
            this.pattern = Pattern.compile(pattern);
            this.form = form;
        }

        private String identifier(JsonNode json, Violations violations) {
            String value = json.path(key).asText("");
            if (!pattern.matcher(value).matches()) {
                violations.add("/" + key, "must be " + form);
            }
            return prefix + value;
        }
    }

    private static final List<String> KNOWN = Stream.concat(
                    Stream.of("name", "expires"),
                    Arrays.stream(NameKind.values()).map(kind -> kind.key))
            .toList();

    /** @throws InvalidSpecException with all violations */
    static CertificateRequest read(JsonNode json) throws InvalidSpecException {
        Violations violations = new Violations();
        json.fieldNames().forEachRemaining(key -> {
            if (!KNOWN.contains(key)) {
                violations.add(
                        JsonPointers.child("", key), "is not a known key; known here: " + String.join(", ", KNOWN));
            }
        });
        List<NameKind> given = Arrays.stream(NameKind.values())
                .filter(kind -> json.has(kind.key))
                .toList();
        if (given.size() != 1) {
            violations.add(
                    "", "must have one of uri, dns and sha256, such as {\"uri\": \"spiffe://example.org/billing\"}");
        }
        String identifier = given.size() == 1 ? given.getFirst().identifier(json, violations) : "";
        String name = KeyRequest.name(json, violations);
        Instant expires = KeyRequest.expires(json, violations);
        if (!violations.found().isEmpty()) {
            throw new InvalidSpecException(violations.found());
        }
        return new CertificateRequest(name, expires, identifier);
    }
}
