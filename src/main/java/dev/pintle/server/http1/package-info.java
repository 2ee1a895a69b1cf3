/** HTTP/1.1 from clients: Jetty's connection and parser with the checks that they leave out. */
@NullMarked
package dev.pintle.server.http1;

import org.jspecify.annotations.NullMarked;
