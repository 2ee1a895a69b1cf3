package dev.pintle.upstream.dns;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The system resolver: the hosts file and DNS. A lookup blocks its thread until DNS answers, so each lookup has its own
 * thread, never one that serves requests. Concurrent requests for the same name share one lookup. Thread-safe.
 */
public final class SystemDnsResolver implements DnsResolver, AutoCloseable {
    /** Resolves a name without a timeout. */
    @FunctionalInterface
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final Resolver resolver;
    private final ConcurrentMap<String, CompletableFuture<List<InetAddress>>> underWay = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("names-", 0).factory());

    public SystemDnsResolver() {
        this(InetAddress::getAllByName);
    }

    SystemDnsResolver(Resolver resolver) {
        this.resolver = resolver;
    }

    /**
     * Sets the DNS cache of the JVM: 10 s for an answer, 5 min while the resolver is unavailable, 2 s for a missing
     * name. Takes effect only before the first lookup of the process.
     */
    public static void rememberBriefly() {
        Security.setProperty("networkaddress.cache.ttl", "10");
        Security.setProperty("networkaddress.cache.stale.ttl", "300");
        Security.setProperty("networkaddress.cache.negative.ttl", "2");
    }

    @Override
    public List<InetAddress> addressesOf(String host, long nanos) throws IOException {
        try {
            return lookup(host).get(nanos, TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException unknown ? unknown : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new DnsTimeoutException();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted during a DNS lookup");
        }
    }

    private CompletableFuture<List<InetAddress>> lookup(String host) {
        CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> others = underWay.putIfAbsent(host, mine);
        if (others != null) {
            return others;
        }
        threads.execute(() -> {
            try {
                mine.complete(List.of(resolver.resolve(host)));
            } catch (UnknownHostException | RuntimeException e) {
                mine.completeExceptionally(e);
            } finally {
                underWay.remove(host, mine);
            }
        });
        return mine;
    }

    /** Stops lookups. Pending lookups keep their original timeout. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
