/**
 * Files that only the user who runs the node can read: the data directory, its layout and its permissions.
 */
@NullMarked
package dev.pintle.files;

import org.jspecify.annotations.NullMarked;
