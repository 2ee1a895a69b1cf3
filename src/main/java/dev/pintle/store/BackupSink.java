package dev.pintle.store;

import java.io.IOException;

/** Receives the rows of a backup. */
@FunctionalInterface
public interface BackupSink {
    void accept(BackupRow row) throws IOException;
}
