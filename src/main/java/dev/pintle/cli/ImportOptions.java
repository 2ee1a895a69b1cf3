package dev.pintle.cli;

import java.util.OptionalLong;

/**
 * The limits of an import.
 *
 * @param replace whether to remove the routes that are not in the file
 * @param allowEmpty whether the import may remove every route
 * @param overwriteNewer whether the import may overwrite documents that changed after the export of the file
 * @param ifRevision the required latest revision
 */
record ImportOptions(boolean replace, boolean allowEmpty, boolean overwriteNewer, OptionalLong ifRevision) {}
