package dev.pintle.lint;

import java.util.function.IntSupplier;

/**
 * The facts about this node and its cluster that rules need beside the documents.
 *
 * @param liveNodes how many nodes are alive
 * @param requestsCertificates whether a connector of the proxy asks clients for certificates
 */
public record NodeFacts(IntSupplier liveNodes, boolean requestsCertificates) {}
