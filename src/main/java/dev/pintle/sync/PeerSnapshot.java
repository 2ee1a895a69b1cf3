package dev.pintle.sync;

/**
 * A snapshot and the peer that sent it.
 *
 * @param peer the address of its admin port
 */
record PeerSnapshot(Snapshot snapshot, String peer) {}
