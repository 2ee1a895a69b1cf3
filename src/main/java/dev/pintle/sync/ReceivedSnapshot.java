package dev.pintle.sync;

/**
 * The snapshot that a peer sent.
 *
 * @param peer the address of the peer
 * @param text in the format of the snapshot file
 */
public record ReceivedSnapshot(String peer, String text) {}
