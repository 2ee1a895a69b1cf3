package dev.pintle.server.guards;

/**
 * Derives the default limits of requests, connections and buckets from the heap size. A flood reaches a limit before it
 * exhausts the memory.
 */
public final class HeapBasedLimits {
    private static final int MAX_REQUESTS = 10_000;
    private static final int MAX_CONNECTIONS = 20_000;
    private static final int MAX_TUNNELS = 20_000;
    private static final int MAX_BUCKETS = 200_000;

    /** The memory of the node itself with some thousand routes. */
    private static final long NODE_BYTES = 48 << 20;
    /**
     * A request that waits for its body took 45 KB in a measurement; larger buffers are in use while the body moves.
     */
    private static final long REQUEST_BYTES = 128 << 10;
    /** A connection with an incomplete head took 12 KB in a measurement, outside of the heap included. */
    private static final long CONNECTION_BYTES = 64 << 10;

    /** An idle one was measured at 20 KB; one whose bytes move has larger buffers. */
    private static final long TUNNEL_BYTES = 64 << 10;

    /** Four times the size of a bucket with a long key. */
    private static final long BUCKET_BYTES = 2 << 10;

    private HeapBasedLimits() {}

    /** Returns the maximum number of concurrent requests of this JVM. */
    public static int requests() {
        return requests(Runtime.getRuntime().maxMemory());
    }

    /** Returns the maximum number of connections of this JVM. */
    public static int connections() {
        return connections(Runtime.getRuntime().maxMemory());
    }

    /** Returns the maximum number of open tunnels of this JVM. */
    public static int tunnels() {
        return Math.clamp((Runtime.getRuntime().maxMemory() - NODE_BYTES) / TUNNEL_BYTES, 1, MAX_TUNNELS);
    }

    /** Returns the maximum number of rate limit buckets of this JVM. */
    public static int buckets() {
        return buckets(Runtime.getRuntime().maxMemory());
    }

    /** Returns the maximum number of unread bytes of HTTP/2 uploads. */
    public static long unreadUploads() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    /** Returns the bytes of memory that large request heads may take. */
    public static long requestHeads() {
        return requestHeads(Runtime.getRuntime().maxMemory());
    }

    static long requestHeads(long heap) {
        return Math.max((heap - NODE_BYTES) / 4, 1 << 20);
    }

    static int requests(long heap) {
        return Math.clamp((heap - NODE_BYTES) / REQUEST_BYTES, 1, MAX_REQUESTS);
    }

    public static int connections(long heap) {
        return Math.clamp((heap - NODE_BYTES) / CONNECTION_BYTES, 1, MAX_CONNECTIONS);
    }

    static int buckets(long heap) {
        return Math.clamp((heap - NODE_BYTES) / BUCKET_BYTES, 1_000, MAX_BUCKETS);
    }
}
