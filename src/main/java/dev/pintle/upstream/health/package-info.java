/** Active health checks of targets. */
@NullMarked
package dev.pintle.upstream.health;

import org.jspecify.annotations.NullMarked;
