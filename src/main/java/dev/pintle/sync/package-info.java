/** Activation of configurations on this node, and the snapshot on disk. */
@NullMarked
package dev.pintle.sync;

import org.jspecify.annotations.NullMarked;
