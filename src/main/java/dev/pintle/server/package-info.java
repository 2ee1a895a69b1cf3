/** Jetty's connectors and the settings of the HTTP server. */
@NullMarked
package dev.pintle.server;

import org.jspecify.annotations.NullMarked;
