package dev.pintle.proxy;

/**
 * How many requests and connections the heap has room for, where the configuration does not say how many may come, and what
 * they may send ahead. Clients that do everything slowly must fill a node's bounds before they fill its memory.
 */
public final class HeapRoom {
    private static final int MOST_REQUESTS = 10_000;
    private static final int MOST_CONNECTIONS = 20_000;

    /** What the node takes for itself, with some thousand routes. */
    private static final long OF_THE_NODE = 48 << 20;
    /** One that waits for its body was measured at 45 KB; one whose body moves has larger buffers. */
    private static final long OF_A_REQUEST = 128 << 10;
    /** One that is in its head was measured at 12 KB, outside of the heap included. */
    private static final long OF_A_CONNECTION = 64 << 10;

    private HeapRoom() {}

    /** Requests that this JVM can answer at once. */
    public static int requests() {
        return requests(Runtime.getRuntime().maxMemory());
    }

    /** Connections that this JVM can hold. */
    static int connections() {
        return connections(Runtime.getRuntime().maxMemory());
    }

    /** Octets that uploads over HTTP/2 may take before they are read. */
    static long unreadUploads() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    static int requests(long heap) {
        return Math.clamp((heap - OF_THE_NODE) / OF_A_REQUEST, 1, MOST_REQUESTS);
    }

    static int connections(long heap) {
        return Math.clamp((heap - OF_THE_NODE) / OF_A_CONNECTION, 1, MOST_CONNECTIONS);
    }
}
