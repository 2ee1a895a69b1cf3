package dev.pintle.identity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.config.IdentityProviderSpec;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.MalformedJsonException;
import dev.pintle.config.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Where a provider publishes its keys: a URL, or OpenID Connect discovery.
 *
 * @param url of the key set, or of the issuer
 */
record KeySource(String url, boolean isDiscovery) {
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    static KeySource of(IdentityProviderSpec provider) {
        return provider.jwksUri() == null
                ? new KeySource(String.valueOf(provider.issuer()), true)
                : new KeySource(provider.jwksUri(), false);
    }

    /** @throws IOException with the cause and the URL */
    KeySet fetch(DocumentSource documents) throws IOException {
        String keysUrl = isDiscovery ? discover(documents) : url;
        return KeySet.parse(new String(documents.fetch(keysUrl), StandardCharsets.UTF_8));
    }

    private String discover(DocumentSource documents) throws IOException {
        String base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        JsonNode found = json(documents.fetch(base + DISCOVERY));
        if (!url.equals(found.path("issuer").textValue())) {
            throw new IOException("the discovery document of " + url + " names another issuer");
        }
        String keysUrl = found.path("jwks_uri").asText();
        if (!keysUrl.startsWith("https://") && !keysUrl.startsWith("http://")) {
            throw new IOException("the discovery document of " + url + " has no usable jwks_uri");
        }
        return keysUrl;
    }

    private JsonNode json(byte[] content) throws IOException {
        try {
            return StrictJson.read(new ByteArrayInputStream(content));
        } catch (MalformedJsonException | InvalidSpecException e) {
            throw new IOException("the discovery document of " + url + " is not valid JSON", e);
        }
    }
}
