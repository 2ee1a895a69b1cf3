/** Assembles a node: configuration, server command, start banner and shutdown. */
@NullMarked
package dev.pintle.app;

import org.jspecify.annotations.NullMarked;
