/** Outlier detection: ejects targets that fail while other targets of the route succeed. */
@NullMarked
package dev.pintle.upstream.outlier;

import org.jspecify.annotations.NullMarked;
