/** Compares revisions of the configuration and plans changes to it; without SQL and without HTTP. */
@NullMarked
package dev.pintle.history;

import org.jspecify.annotations.NullMarked;
