package dev.pintle.policy.ratelimit;

import static org.awaitility.Awaitility.await;

import dev.pintle.redis.Redis;
import dev.pintle.redis.RedisUri;
import dev.pintle.telemetry.Metrics;
import dev.pintle.time.Ticker;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Nodes that enforce limits together, each with its own connections. */
final class LimiterCluster implements AutoCloseable {
    static final String CLIENT = "203.0.113.7";

    private final List<Node> nodes;

    private LimiterCluster(List<Node> nodes) {
        this.nodes = nodes;
    }

    /** Starts nodes and waits until all are connected to Redis. */
    static LimiterCluster start(int nodes, RedisUri url, RateLimitSettings... settings) {
        LimiterCluster cluster = starting(nodes, url, settings);
        cluster.awaitMode(RateLimitMode.REDIS);
        return cluster;
    }

    /** Starts nodes without waiting for Redis. */
    static LimiterCluster starting(int nodes, RedisUri url, RateLimitSettings... settings) {
        return starting(Collections.nCopies(nodes, url), settings);
    }

    /** Starts one node per URI; all lead to the same Redis. */
    static LimiterCluster start(List<RedisUri> urls, RateLimitSettings... settings) {
        LimiterCluster cluster = starting(urls, settings);
        cluster.awaitMode(RateLimitMode.REDIS);
        return cluster;
    }

    private static LimiterCluster starting(List<RedisUri> urls, RateLimitSettings... settings) {
        return new LimiterCluster(IntStream.range(0, urls.size())
                .mapToObj(index -> Node.start(urls.get(index), urls.size(), List.of(settings), apart(index)))
                .toList());
    }

    /** The clocks of the nodes differ: each is an hour ahead of the previous one. */
    private static Ticker apart(int hours) {
        return () -> System.nanoTime() + TimeUnit.HOURS.toNanos(hours);
    }

    Node node(int index) {
        return nodes.get(index);
    }

    Node last() {
        return nodes.getLast();
    }

    void awaitMode(int node, RateLimitMode mode) {
        await().until(() -> nodes.get(node).limits.mode() == mode);
    }

    void awaitMode(RateLimitMode mode) {
        await().until(() -> isInMode(mode));
    }

    boolean isInMode(RateLimitMode mode) {
        return nodes.stream().allMatch(node -> node.limits.mode() == mode);
    }

    /** Sends this many requests of a client to each node, in turns, and counts the admitted ones. */
    int allowed(String client, int requestsToEach) {
        int allowed = 0;
        for (int i = 0; i < requestsToEach; i++) {
            for (Node node : nodes) {
                allowed += node.allowed(client, 1);
            }
        }
        return allowed;
    }

    /** Sends an even stream of requests to all nodes for some time, and counts the admitted ones. */
    long drive(int requestsASecond, Duration time) {
        AtomicLong allowed = new AtomicLong();
        long end = System.nanoTime() + time.toNanos();
        try (ExecutorService drivers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Node node : nodes) {
                var _ = drivers.submit(() -> allowed.addAndGet(node.drive(requestsASecond / nodes.size(), end)));
            }
        }
        return allowed.get();
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.redis.close());
    }

    /** One node. */
    record Node(Redis redis, RateLimiterRegistry limits, RateLimitPolicy policy) {
        private static Node start(RedisUri url, int nodes, List<RateLimitSettings> settings, Ticker ticker) {
            Metrics metrics = new Metrics(new PrometheusRegistry());
            Redis redis = new Redis(url, RateLimiterRegistry.probe(), ticker, new RedisMetrics(metrics));
            RateLimiterRegistry limits = new RateLimiterRegistry(ticker, 1_000, redis, () -> nodes);
            return new Node(redis, limits, limits.policy("users", settings, metrics.route("users")));
        }

        /** Sends this many requests one after the other, and counts the admitted ones. */
        int allowed(int requests) {
            return allowed(CLIENT, requests);
        }

        int allowed(String client, int requests) {
            int allowed = 0;
            for (int i = 0; i < requests; i++) {
                allowed += RateLimitPolicyTest.answer(policy, Requests.from(client))
                                        .status()
                                == 200
                        ? 1
                        : 0;
            }
            return allowed;
        }

        private long drive(int requestsASecond, long end) {
            long allowed = 0;
            long start = System.nanoTime();
            long sent = 0;
            for (long now = start; now - end < 0; now = System.nanoTime()) {
                long due =
                        (now - start) * requestsASecond / Duration.ofSeconds(1).toNanos();
                for (; sent < due; sent++) {
                    allowed += allowed(1);
                }
                LockSupport.parkNanos(1_000_000);
            }
            return allowed;
        }
    }
}
