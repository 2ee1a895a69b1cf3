/** Puts a node together: configuration, the server command, the start banner and the shutdown. */
@NullMarked
package dev.pintle.app;

import org.jspecify.annotations.NullMarked;
