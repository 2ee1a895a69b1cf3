/** Metrics, traces and the access log. */
@NullMarked
package dev.pintle.telemetry;

import org.jspecify.annotations.NullMarked;
