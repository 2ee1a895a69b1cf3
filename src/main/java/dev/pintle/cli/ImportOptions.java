package dev.pintle.cli;

import java.util.OptionalLong;

/**
 * The limits of an import.
 *
 * @param replace whether it removes the routes that are not in the file
 * @param allowEmpty whether it may remove every route
 * @param overwriteNewer whether it may overwrite documents that changed after the file was exported
 * @param ifRevision the revision that must be the latest
 */
record ImportOptions(boolean replace, boolean allowEmpty, boolean overwriteNewer, OptionalLong ifRevision) {}
