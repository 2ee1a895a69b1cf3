/**
 * Distributed traces by OpenTelemetry: spans with HTTP's semantic conventions, exported by OTLP over HTTP.
 */
@NullMarked
package dev.pintle.telemetry.otlp;

import org.jspecify.annotations.NullMarked;
