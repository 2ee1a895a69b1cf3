package dev.pintle.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.config.DocumentCache;
import dev.pintle.credentials.ApiKey;
import dev.pintle.credentials.Credential;
import dev.pintle.credentials.CredentialIndex;
import dev.pintle.http.Identity;
import dev.pintle.routing.RouteSchema;
import dev.pintle.testing.ManualTicker;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Credentials whose consumer was deleted by a revision that may revert. */
class IdentitiesTest {
    private static final ApiKey KEY = ApiKey.create(new SecureRandom());

    private final ManualTicker ticker = new ManualTicker();
    private final DocumentCache documents = new DocumentCache(RouteSchema.SCHEMA);
    private final IdentityProviders providers =
            new IdentityProviders(documents, url -> new byte[0], ticker, Instant::now);
    private final Identities identities =
            new Identities(new ConsumerDirectory(documents), providers, ticker, Instant::now);

    @AfterEach
    void close() {
        providers.close();
    }

    @Test
    void aKeyWithoutItsConsumerIsWrongAndUnused() {
        activate(new Credential("acme", KEY.id(), Credential.Kind.KEY, "", KEY.hash(), Instant.EPOCH, null));

        assertThat(identities.byKey("203.0.113.7", KEY.text())).isInstanceOf(CredentialResult.Wrong.class);
        assertThat(identities.takeUsed()).isEmpty();
    }

    @Test
    void aCertificateWithoutItsConsumerIsTheOneOfNoConsumer() {
        activate(new Credential(
                "acme", "one", Credential.Kind.CERTIFICATE, "", "dns:acme.example.org", Instant.EPOCH, null));
        CertificateNames names = new CertificateNames("00", "CN=acme", "CN=ca", List.of(), List.of("acme.example.org"));

        assertThat(identities.byCertificate(names)).contains(new Identity(null, Set.of(), names.claims()));
    }

    private void activate(Credential credential) {
        identities.activate(new CredentialIndex(List.of(credential)));
    }
}
