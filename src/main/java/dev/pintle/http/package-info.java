/** HTTP messages as values, and the interfaces that handle an exchange. */
@NullMarked
package dev.pintle.http;

import org.jspecify.annotations.NullMarked;
