/** Jetty's HTTP/1.1 connection and parser, with the checks that Jetty lacks. */
@NullMarked
package dev.pintle.server.http1;

import org.jspecify.annotations.NullMarked;
