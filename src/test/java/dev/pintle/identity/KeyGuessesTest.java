package dev.pintle.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pintle.config.Configuration;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.EntityKind;
import dev.pintle.config.VersionedDocument;
import dev.pintle.credentials.ApiKey;
import dev.pintle.credentials.Credential;
import dev.pintle.credentials.CredentialIndex;
import dev.pintle.crypto.Sha256;
import dev.pintle.routing.RouteSchema;
import dev.pintle.testing.ManualTicker;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guesses of API keys count per client network, and keep out no client with a good key behind the same address. */
class KeyGuessesTest {
    private static final String NETWORK = "203.0.113.7";
    private static final ApiKey KEY = ApiKey.create(new SecureRandom());

    private final ManualTicker ticker = new ManualTicker();
    private final DocumentCache documents = new DocumentCache(RouteSchema.SCHEMA);
    private final IdentityProviders providers =
            new IdentityProviders(documents, url -> new byte[0], ticker, Instant::now);
    private final Identities identities =
            new Identities(new ConsumerDirectory(documents), providers, ticker, Instant::now);

    @BeforeEach
    void publish() {
        TreeMap<String, VersionedDocument> consumers = new TreeMap<>();
        consumers.put(
                "acme",
                new VersionedDocument(1, JsonNodeFactory.instance.objectNode().put("id", "acme")));
        identities.publish(new Configuration(
                1, Configuration.EMPTY.defaults(), new TreeMap<>(), Map.of(EntityKind.CONSUMER, consumers), List.of()));
        identities.activate(new CredentialIndex(List.of(
                new Credential("acme", KEY.id(), Credential.Kind.KEY, "", KEY.hash(), Instant.EPOCH, null),
                foreign("first", "1234"),
                foreign("second", "5678"))));
    }

    @AfterEach
    void close() {
        providers.close();
    }

    @Test
    void afterManyWrongKeysOfANetworkItHasOneMoreEveryThreeSeconds() {
        guessUntilThrottled();

        assertThat(send("wrong")).isEqualTo(new CredentialResult.Throttled(Duration.ofSeconds(3)));
        assertThat(identities.byKey("198.51.100.7", "wrong")).isInstanceOf(CredentialResult.Wrong.class);

        ticker.advance(Duration.ofSeconds(3));
        assertThat(send("wrong")).isInstanceOf(CredentialResult.Wrong.class);
        assertThat(send("wrong")).isInstanceOf(CredentialResult.Throttled.class);
    }

    @Test
    void guessesKeepOutNoKeyThatCannotBeGuessedAndNoneThatWasAcceptedBefore() {
        assertThat(send("1234")).isInstanceOf(CredentialResult.Right.class);
        guessUntilThrottled();

        assertThat(send(KEY.text())).isInstanceOf(CredentialResult.Right.class);
        assertThat(send("1234")).isInstanceOf(CredentialResult.Right.class);
        assertThat(send("5678"))
                .as("a short key without an accepted request could be a guess")
                .isInstanceOf(CredentialResult.Throttled.class);
        assertThat(identities.byKey("198.51.100.7", "5678")).isInstanceOf(CredentialResult.Right.class);
        assertThat(send("5678")).isInstanceOf(CredentialResult.Right.class);
    }

    private void guessUntilThrottled() {
        for (int i = 0; i < KeyGuesses.BURST; i++) {
            assertThat(send("guess " + i)).isInstanceOf(CredentialResult.Wrong.class);
        }
    }

    private CredentialResult send(String key) {
        return identities.byKey(NETWORK, key);
    }

    private static Credential foreign(String id, String text) {
        return new Credential("acme", id, Credential.Kind.FOREIGN_KEY, "", Sha256.hex(text), Instant.EPOCH, null);
    }
}
