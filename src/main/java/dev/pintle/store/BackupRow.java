package dev.pintle.store;

/**
 * One row of a backup.
 *
 * @param json the columns as a JSON object on one line
 */
public record BackupRow(BackupTable table, String json) {}
