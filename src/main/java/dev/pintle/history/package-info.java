/** Compares revisions of the configuration and plans changes to it, independent of SQL and HTTP. */
@NullMarked
package dev.pintle.history;

import org.jspecify.annotations.NullMarked;
