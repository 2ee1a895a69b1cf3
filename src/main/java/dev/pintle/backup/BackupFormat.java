package dev.pintle.backup;

import dev.pintle.store.BackupRow;
import dev.pintle.store.BackupTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a backup. Rows keep the text of PostgreSQL, so that documents return as their authors wrote them. A change of the
 * columns of {@link BackupTable} is a new format.
 */
final class BackupFormat {
    static final int NUMBER = 1;

    private static final Pattern HEADER = Pattern.compile("\\{\"pintleBackup\":(\\d{1,9}),.*");

    /** A text may contain line terminators of Unicode, such as U+2028, which a dot excludes otherwise. */
    private static final Pattern ROW = Pattern.compile("\\{\"table\":\"([a-z_]+)\",\"row\":(\\{.*})}", Pattern.DOTALL);

    private BackupFormat() {}

    static String header(Instant now) {
        return "{\"pintleBackup\":" + NUMBER + ",\"created\":\"" + now.truncatedTo(ChronoUnit.SECONDS) + "\"}";
    }

    /** The format number of a header; empty when the line is no header. */
    static Optional<Integer> number(String line) {
        Matcher header = HEADER.matcher(line);
        return header.matches() ? Optional.of(Integer.parseInt(header.group(1))) : Optional.empty();
    }

    static String line(BackupRow row) {
        return "{\"table\":\"" + row.table().word() + "\",\"row\":" + row.json() + '}';
    }

    /** The row of a line; empty when the line has none. */
    static Optional<BackupRow> row(String line) {
        Matcher row = ROW.matcher(line);
        return row.matches()
                ? BackupTable.of(row.group(1)).map(table -> new BackupRow(table, row.group(2)))
                : Optional.empty();
    }

    static String end(long rows, String sha256) {
        return "{\"rows\":" + rows + ",\"sha256\":\"" + sha256 + "\"}";
    }
}
