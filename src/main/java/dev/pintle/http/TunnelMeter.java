package dev.pintle.http;

/** Counts one tunnel. Safe for all threads. */
public interface TunnelMeter {
    void opened();

    /** The client sent bytes. */
    void received(int bytes);

    /** The client was sent bytes. */
    void sent(int bytes);

    /**
     * The tunnel ended.
     *
     * @param end the party or the event that ended it, as a label
     */
    void ended(String end);
}
