/** The browser console: its files, and the sessions of operators who signed in. */
@NullMarked
package dev.pintle.console;

import org.jspecify.annotations.NullMarked;
