package dev.pintle.server.guards;

/**
 * Derives the limits of requests, connections and buckets from the heap where the configuration sets none. A flood
 * reaches a limit before it exhausts the memory.
 */
public final class HeapBasedLimits {
    private static final int MOST_REQUESTS = 10_000;
    private static final int MOST_CONNECTIONS = 20_000;
    private static final int MOST_BUCKETS = 200_000;

    /** The memory of the node itself, with some thousand routes. */
    private static final long OF_THE_NODE = 48 << 20;
    /** One that waits for its body was measured at 45 KB; one whose body moves has larger buffers. */
    private static final long OF_A_REQUEST = 128 << 10;
    /** One that is in its head was measured at 12 KB, outside of the heap included. */
    private static final long OF_A_CONNECTION = 64 << 10;

    /** Four times the size of a bucket with a long key. */
    private static final long OF_A_BUCKET = 2 << 10;

    private HeapBasedLimits() {}

    /** The most concurrent requests of this JVM. */
    public static int requests() {
        return requests(Runtime.getRuntime().maxMemory());
    }

    /** Connections that this JVM can hold. */
    public static int connections() {
        return connections(Runtime.getRuntime().maxMemory());
    }

    /** Buckets of rate limits that this JVM can keep. */
    public static int buckets() {
        return buckets(Runtime.getRuntime().maxMemory());
    }

    /** The most bytes of HTTP/2 uploads that are received and unread. */
    public static long unreadUploads() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    /** Bytes of memory that large request heads may take. */
    public static long requestHeads() {
        return requestHeads(Runtime.getRuntime().maxMemory());
    }

    static long requestHeads(long heap) {
        return Math.max((heap - OF_THE_NODE) / 4, 1 << 20);
    }

    static int requests(long heap) {
        return Math.clamp((heap - OF_THE_NODE) / OF_A_REQUEST, 1, MOST_REQUESTS);
    }

    public static int connections(long heap) {
        return Math.clamp((heap - OF_THE_NODE) / OF_A_CONNECTION, 1, MOST_CONNECTIONS);
    }

    static int buckets(long heap) {
        return Math.clamp((heap - OF_THE_NODE) / OF_A_BUCKET, 1_000, MOST_BUCKETS);
    }
}
