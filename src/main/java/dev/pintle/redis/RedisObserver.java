package dev.pintle.redis;

/** Observes the connection to Redis. Called from several threads. */
public interface RedisObserver {
    /** Redis became available or unavailable. */
    void availability(boolean available);

    /** Redis answered a call. */
    void answered(long nanos);
}
