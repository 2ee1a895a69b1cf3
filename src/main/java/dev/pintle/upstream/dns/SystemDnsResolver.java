package dev.pintle.upstream.dns;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
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
 * The machine's resolver: its hosts file and DNS. A lookup holds its thread as long as DNS is silent, so each has a thread
 * of its own, and never one that carries requests; those who ask for the same name meanwhile wait for the same lookup. Safe
 * for all threads.
 */
public final class SystemDnsResolver implements DnsResolver, AutoCloseable {
    /** Looks a name up, however long it takes. */
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
     * Makes the JVM forget: an answer after 10 s, or after 5 min as long as the resolver is away, and that there is none after
     * 2 s. Works only before the process has looked up a name.
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
            throw new SocketTimeoutException("the name was not found in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a name was looked up");
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

    /** Looks up no more; who still waits waits no longer than he would have. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
