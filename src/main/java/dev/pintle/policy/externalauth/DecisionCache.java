package dev.pintle.policy.externalauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.pintle.http.Headers;
import dev.pintle.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The decisions of authorization services that a node repeats, bounded for all routes together. Safe for all threads. */
public final class DecisionCache {
    private static final long MAX_BYTES = 16 << 20;
    /** The objects of an entry without its text. */
    private static final int ENTRY_BYTES = 400;

    private final Cache<Key, Entry> decisions;

    /** @param ticker the time of expirations */
    public DecisionCache(Ticker ticker) {
        decisions = Caffeine.newBuilder()
                .maximumWeight(MAX_BYTES)
                .weigher((Key key, Entry entry) -> weight(entry.decision()))
                .expireAfter(Expiry.creating((Key key, Entry entry) -> entry.cacheFor()))
                .ticker(ticker::nanos)
                .build();
    }

    private record Key(Object scope, String hash) {}

    private record Entry(Decision decision, Duration cacheFor) {}

    @Nullable
    Decision find(Object scope, String hash) {
        Entry entry = decisions.getIfPresent(new Key(scope, hash));
        return entry == null ? null : entry.decision();
    }

    void put(Object scope, String hash, Decision decision, Duration cacheFor) {
        decisions.put(new Key(scope, hash), new Entry(decision, cacheFor));
    }

    /** The approximate size of all entries. */
    long bytes() {
        decisions.cleanUp();
        return decisions.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }

    private static int weight(Decision decision) {
        return switch (decision) {
            case Decision.Admission admission -> ENTRY_BYTES + length(admission.headers());
            case Refusal refusal -> ENTRY_BYTES + length(refusal.headers()) + refusal.length();
            case Decision.Failure failure -> ENTRY_BYTES;
        };
    }

    private static int length(Headers headers) {
        int[] length = {0};
        headers.forEach((name, value) -> length[0] += name.length() + value.length());
        return length[0];
    }
}
