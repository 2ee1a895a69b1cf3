/** The active route table and the compiler that builds it. */
@NullMarked
package dev.pintle.routing.table;

import org.jspecify.annotations.NullMarked;
