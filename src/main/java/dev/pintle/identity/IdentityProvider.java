package dev.pintle.identity;

import dev.pintle.config.IdentityProviderSpec;
import dev.pintle.time.Ticker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An active identity provider and its keys. One fetch runs at a time, on a thread of its own; requests that need it wait at
 * most 2 s. While the provider is unavailable, its keys hold for {@code staleFor}. Safe for all threads.
 */
public final class IdentityProvider {
    private static final Logger LOG = LoggerFactory.getLogger(IdentityProvider.class);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);

    /** Bounds the requests that wait, because anyone can invent key ids while a provider is slow. */
    private static final int MAX_WAITING = 200;

    /** Without any keys every token waits, also those of good clients. */
    private static final int MAX_WAITING_FOR_FIRST = 2_000;

    private final String id;
    private final IdentityProviderSpec spec;
    private final DocumentSource documents;
    private final Ticker ticker;
    private final InstantSource clock;
    private final Runnable onChange;
    private final RefetchLimit refetches;
    private final SingleFlight fetch = new SingleFlight(this::fetchNow);
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private final Semaphore waitingForFirst = new Semaphore(MAX_WAITING_FOR_FIRST);
    private volatile @Nullable Keys keys;
    private volatile long triedAt;
    private volatile boolean isTried;
    private volatile @Nullable String fault;

    /** @param onChange called after each change of the keys */
    IdentityProvider(
            String id,
            IdentityProviderSpec spec,
            DocumentSource documents,
            Ticker ticker,
            InstantSource clock,
            Runnable onChange) {
        this.id = id;
        this.spec = spec;
        this.documents = documents;
        this.ticker = ticker;
        this.clock = clock;
        this.onChange = onChange;
        this.refetches = new RefetchLimit(ticker);
        this.keys = spec.jwks() == null ? null : inline(spec.jwks().toString());
    }

    /** @param staleAt the time from which they verify no token */
    private record Keys(KeySet set, Instant fetchedAt, Instant staleAt) {}

    public String id() {
        return id;
    }

    IdentityProviderSpec spec() {
        return spec;
    }

    /** The present keys; null when none is known, or when they are too old. */
    @Nullable
    KeySet keySet() {
        Keys current = keys;
        return current == null || clock.instant().isAfter(current.staleAt()) ? null : current.set();
    }

    /** The time since the keys were fetched; empty for keys in the document and for keys that were never obtained. */
    Optional<Duration> age() {
        Keys current = keys;
        return current == null || spec.jwks() != null
                ? Optional.empty()
                : Optional.of(Duration.between(current.fetchedAt(), clock.instant()));
    }

    /**
     * The keys that may verify a token. An unknown id makes the node fetch the keys again, within the limit.
     *
     * @return null when the keys of the provider are not known, or when too many requests wait for them
     */
    @Nullable
    KeySet keysFor(ParsedToken token) {
        int seen = fetch.runs();
        KeySet current = keySet();
        String keyId = token.keyId();
        boolean isMissing = current == null ? isDue() : keyId != null && !current.has(keyId) && mayRefetch(keyId);
        if (isMissing) {
            Semaphore places = current == null ? waitingForFirst : waiting;
            if (!places.tryAcquire()) {
                return null;
            }
            try {
                fetch.run(seen, MAX_WAIT);
            } finally {
                places.release();
            }
            current = keySet();
            boolean isFetched = !fetch.isRunning() && fault == null;
            if (isFetched && current != null && keyId != null && !current.has(keyId)) {
                refetches.absent(keyId);
            }
        }
        return current;
    }

    private boolean mayRefetch(String keyId) {
        return spec.jwks() == null && !refetches.isKnownAsAbsent(keyId) && (fetch.isRunning() || refetches.tryTake());
    }

    /**
     * Whether it is time to fetch the keys. Keys can become too old before that time, because the ticker does not count
     * while the machine is suspended.
     */
    boolean isDue() {
        if (spec.jwks() != null) {
            return false;
        }
        Duration refresh = Objects.requireNonNull(spec.refresh());
        boolean isUsable = fault == null && keySet() != null;
        Duration interval = isUsable || refresh.compareTo(RETRY) < 0 ? refresh : RETRY;
        return !isTried || ticker.nanos() - triedAt >= interval.toNanos();
    }

    /** Fetches the keys if they are due, or waits for a fetch that is under way. */
    void refresh() {
        int seen = fetch.runs();
        if (isDue()) {
            fetch.run(seen, MAX_WAIT);
        }
    }

    private void fetchNow() {
        try {
            KeySet fetched = KeySource.of(spec).fetch(documents);
            Keys before = keys;
            KeySet known = before == null ? fetched : before.set();
            boolean isSame = before != null && known.text().equals(fetched.text());
            keys = fetchedAt(clock.instant(), isSame ? known : fetched);
            if (fault != null) {
                LOG.info("The keys of identity provider {} are available again.", id);
            }
            fault = null;
            if (!isSame) {
                LOG.info("The keys of identity provider {} changed.", id);
            }
            onChange.run();
        } catch (IOException | RuntimeException e) {
            if (fault == null) {
                LOG.warn(
                        "Cannot fetch the keys of identity provider {}: {}. Keeping the previous ones for {}.",
                        id,
                        e.getMessage(),
                        spec.staleFor());
            }
            fault = String.valueOf(e.getMessage());
        } finally {
            triedAt = ticker.nanos();
            isTried = true;
        }
    }

    private Keys fetchedAt(Instant time, KeySet set) {
        Duration longest = Objects.requireNonNull(spec.staleFor()).plus(Objects.requireNonNull(spec.refresh()));
        return new Keys(set, time, time.plus(longest));
    }

    /** The keys for the next start; empty when the document has them, or when they were never obtained. */
    Optional<SavedKeySet> saved() {
        Keys current = keys;
        return current == null || spec.jwks() != null
                ? Optional.empty()
                : Optional.of(new SavedKeySet(
                        id,
                        KeySource.of(spec).url(),
                        current.fetchedAt().toEpochMilli(),
                        current.set().text()));
    }

    /** Uses saved keys until the provider answers, if they are of the same source. */
    void restore(SavedKeySet saved) {
        if (keys != null
                || spec.jwks() != null
                || !saved.url().equals(KeySource.of(spec).url())) {
            return;
        }
        try {
            keys = fetchedAt(Instant.ofEpochMilli(saved.fetchedAt()), KeySet.parse(saved.keys()));
        } catch (IOException e) {
            LOG.warn("The saved keys of identity provider {} cannot be used: {}.", id, e.getMessage());
        }
    }

    private @Nullable Keys inline(String text) {
        try {
            return new Keys(KeySet.parse(text), clock.instant(), Instant.MAX);
        } catch (IOException e) {
            LOG.warn(
                    "Identity provider {} has no usable key in its inline jwks, so its tokens are refused: {}.",
                    id,
                    e.getMessage());
            return null;
        }
    }
}
