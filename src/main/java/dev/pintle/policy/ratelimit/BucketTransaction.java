package dev.pintle.policy.ratelimit;

import dev.pintle.time.Ticker;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes one token from each of several buckets, or from none.
 *
 * <p>The transaction locks all buckets while it decides. For buckets in Redis it makes one call per scope, which takes
 * tokens from all buckets of the scope or from none. During a call it unlocks the local buckets, and returns their
 * tokens if Redis refuses. With several scopes, it returns the tokens of earlier calls if a later one refuses. Used by
 * one thread.
 */
final class BucketTransaction {
    private static final Comparator<Draw> TIGHTEST = Comparator.comparingDouble(Draw::partLeft)
            .thenComparing(draw -> draw.decision().nanosToNext(), Comparator.reverseOrder());
    private static final Comparator<Draw> LONGEST =
            Comparator.comparingLong(draw -> draw.decision().nanosToNext());

    private final List<Draw> draws;
    private final Ticker ticker;

    /**
     * Creates a transaction.
     *
     * @param draws at least one
     */
    BucketTransaction(List<Draw> draws, Ticker ticker) {
        this.draws = new ArrayList<>(draws);
        this.ticker = ticker;
    }

    /**
     * Takes the tokens.
     *
     * @return the draw for the response headers: the longest refusal, or the lowest level if all buckets admit
     */
    Draw run() {
        lockAll();
        boolean admitted;
        try {
            admitted = decide(ticker.nanos());
        } finally {
            draws.forEach(Draw::unlock);
        }
        if (admitted) {
            count(draws, true);
            return draws.stream().min(TIGHTEST).orElseThrow();
        }
        draws.forEach(Draw::putBack);
        List<Draw> refusing = draws.stream().filter(BucketTransaction::refuses).toList();
        count(refusing, false);
        return refusing.stream().max(LONGEST).orElseThrow();
    }

    private static void count(List<Draw> draws, boolean admitted) {
        draws.stream().map(Draw::limiter).distinct().forEach(limiter -> limiter.count(admitted));
    }

    private void lockAll() {
        draws.sort(Comparator.comparingLong(Draw::order));
        while (!draws.stream().allMatch(Draw::lock)) {
            draws.forEach(Draw::unlock);
            draws.sort(Comparator.comparingLong(Draw::order));
        }
    }

    private boolean decide(long now) {
        draws.forEach(draw -> draw.check(now));
        if (!isRefused()) {
            askRedis(now);
        }
        if (isRefused()) {
            draws.stream().filter(BucketTransaction::refuses).forEach(draw -> draw.refuse(now));
            return false;
        }
        draws.forEach(draw -> draw.spend(now));
        return true;
    }

    private void askRedis(long now) {
        List<Draw> unknown =
                draws.stream().filter(draw -> draw.stock() == Stock.UNKNOWN).toList();
        if (unknown.isEmpty()) {
            return;
        }
        // Other requests may draw from these buckets during the call to Redis.
        draws.stream().filter(draw -> draw.stock() == Stock.READY).forEach(draw -> {
            draw.spend(now);
            draw.unlock();
        });
        List<Draw> granted = new ArrayList<>();
        for (List<Draw> scope : byScope(unknown)) {
            ask(scope, now, true);
            scope.forEach(draw -> draw.check(now));
            if (isRefused()) {
                byScope(granted).forEach(earlier -> ask(earlier, now, false));
                return;
            }
            granted.addAll(scope);
        }
    }

    private static Iterable<List<Draw>> byScope(List<Draw> draws) {
        Map<String, List<Draw>> scopes = draws.stream()
                .collect(Collectors.groupingBy(
                        draw -> draw.distributed().address().scope(), LinkedHashMap::new, Collectors.toList()));
        return scopes.values();
    }

    /**
     * Calls Redis for the buckets of one scope.
     *
     * @param take whether to take tokens, or only to return the rest of the leases
     */
    private void ask(List<Draw> scope, long now, boolean take) {
        List<LeaseRequest> requests = scope.stream()
                .map(draw -> draw.distributed().request(draw.terms(), now, take))
                .toList();
        @Nullable
        List<LeaseResult> results =
                TokenBucketScript.run(scope.getFirst().distributed().backend().redis(), requests);
        for (int i = 0; i < scope.size(); i++) {
            DistributedTokenBucket bucket = scope.get(i).distributed();
            if (results == null) {
                bucket.failed(ticker.nanos());
            } else {
                bucket.succeeded(requests.get(i), results.get(i), scope.get(i).terms(), now);
            }
        }
    }

    private boolean isRefused() {
        return draws.stream().anyMatch(BucketTransaction::refuses);
    }

    private static boolean refuses(Draw draw) {
        return draw.stock() == Stock.EMPTY;
    }
}
