package dev.pintle.identity;

import dev.pintle.config.Configuration;
import dev.pintle.credentials.Credential;
import dev.pintle.credentials.CredentialIndex;
import dev.pintle.http.ClientNetwork;
import dev.pintle.http.Identity;
import dev.pintle.time.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The consumers of this node, their credentials, and the identity providers. Safe for all threads. */
public final class Identities {
    private static final CredentialResult WRONG = new CredentialResult.Wrong();

    private final ConsumerDirectory consumers;
    private final IdentityProviders providers;
    private final TokenVerifier tokens;
    private final PasswordCache passwords;
    private final KeyGuesses keyGuesses;
    private final InstantSource clock;
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private volatile CredentialIndex credentials = CredentialIndex.EMPTY;

    public Identities(ConsumerDirectory consumers, IdentityProviders providers, Ticker ticker, InstantSource clock) {
        this.consumers = consumers;
        this.providers = providers;
        this.tokens = new TokenVerifier(ticker, clock);
        this.passwords = new PasswordCache(ticker);
        this.keyGuesses = new KeyGuesses(ticker);
        this.clock = clock;
    }

    public ConsumerDirectory consumers() {
        return consumers;
    }

    public IdentityProviders providers() {
        return providers;
    }

    public TokenVerifier tokens() {
        return tokens;
    }

    /** Activates the consumers and identity providers of a configuration. */
    public void publish(Configuration configuration) {
        consumers.publish(configuration);
        providers.publish(configuration);
    }

    /** Activates the credentials of consumers, in the place of all others. */
    public void activate(CredentialIndex next) {
        credentials = next;
    }

    public CredentialIndex credentials() {
        return credentials;
    }

    /** The ids of the keys that were used since the last call. */
    public Set<String> takeUsed() {
        Set<String> taken = new HashSet<>(used);
        used.removeAll(taken);
        return taken;
    }

    /**
     * Finds the consumer with this API key.
     *
     * @param address of the client; guesses of its network count together
     */
    public CredentialResult byKey(String address, String key) {
        Credential found =
                credentials.key(key, clock.instant()).filter(this::hasConsumer).orElse(null);
        if (found != null && keyGuesses.isExempt(found)) {
            return result(identity(found, Map.of()));
        }
        String network = ClientNetwork.of(address).text();
        Duration untilNext = keyGuesses.untilNext(network);
        if (untilNext.isPositive()) {
            return new CredentialResult.Throttled(untilNext);
        }
        if (found == null) {
            keyGuesses.failed(network);
            return WRONG;
        }
        keyGuesses.accepted(found);
        return result(identity(found, Map.of()));
    }

    /**
     * Finds the consumer with this password.
     *
     * @param network of the client; guesses of one network count together
     */
    public CredentialResult byPassword(String network, String consumer, String password) {
        CredentialIndex current = credentials;
        String hash = Objects.requireNonNullElse(current.passwordHash(consumer), "");
        PasswordCheck check = passwords.check(
                network,
                consumer,
                password,
                hash,
                () -> current.password(consumer, password, clock.instant()).isPresent());
        if (check.untilNext().isPositive()) {
            return new CredentialResult.Throttled(check.untilNext());
        }
        return check.isRight() ? result(consumers.identity(consumer, Map.of())) : WRONG;
    }

    private static CredentialResult result(Optional<Identity> identity) {
        return identity.<CredentialResult>map(CredentialResult.Right::new).orElse(WRONG);
    }

    /**
     * The owner of a verified certificate, who may be no consumer; empty when the consumer is disabled, or when the credential has
     * expired.
     */
    public Optional<Identity> byCertificate(CertificateNames names) {
        Optional<Credential> credential =
                credentials.certificate(names.credentials()).filter(this::hasConsumer);
        if (credential.isEmpty()) {
            return Optional.of(new Identity(null, Set.of(), names.claims()));
        }
        return credential
                .filter(found -> !found.isExpired(clock.instant()))
                .flatMap(found -> identity(found, names.claims()));
    }

    /** A revision that may revert leaves the credentials of the consumers that it removes. They have no effect until they return. */
    private boolean hasConsumer(Credential credential) {
        return consumers.has(credential.consumer());
    }

    private Optional<Identity> identity(Credential credential, Map<String, Object> claims) {
        used.add(credential.id());
        return consumers.identity(credential.consumer(), claims);
    }
}
