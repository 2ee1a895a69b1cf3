/** Outlier detection: ejects targets that fail while their siblings serve. */
@NullMarked
package dev.pintle.upstream.outlier;

import org.jspecify.annotations.NullMarked;
