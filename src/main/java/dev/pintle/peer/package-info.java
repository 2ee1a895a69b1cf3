/** Exchanges snapshots between the nodes of a cluster, authenticated and encrypted by their admin token. */
@NullMarked
package dev.pintle.peer;

import org.jspecify.annotations.NullMarked;
