package dev.pintle.store;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables of a backup, in the order in which a restore fills them. */
public enum BackupTable {
    REVISION("number, at, author, reason, cause, cause_revision, state"),
    CHANGE("revision, kind, id, before, after"),
    DEFAULTS("document, revision"),
    ROUTE("id, document, match_key, revision"),
    ENTITY("kind, id, document, revision"),
    CREDENTIAL("id, consumer, kind, name, hash, created, expires, last_used"),
    LATEST_REVISION("number, reverts_at, earlier_match_keys, guard");

    private final String columns;

    BackupTable(String columns) {
        this.columns = columns;
    }

    /** The name in PostgreSQL and in the file. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The columns that a backup has. */
    public List<String> columns() {
        return List.of(columns.split(", "));
    }

    /** Selects each row as JSON. */
    String select(BackupHistory history) {
        return "select row_to_json(saved)::text from (select " + columns + " from " + word() + latest(history)
                + ") saved";
    }

    private String latest(BackupHistory history) {
        return switch (this) {
            case REVISION -> history == BackupHistory.LATEST ? where("number") : "";
            case CHANGE -> history == BackupHistory.LATEST ? where("revision") : "";
            default -> "";
        };
    }

    private static String where(String column) {
        return " where " + column + " = (select number from latest_revision)";
    }

    /** Inserts rows from an array of JSON texts. The tables of one row have that row already. */
    String insert() {
        return "insert into " + word() + " (" + columns + ") select " + prefixed("saved.")
                + " from unnest(:rows) as line,"
                + " json_populate_record(null::" + word() + ", line::json) as saved"
                + (hasOneRow() ? " on conflict (only_row) do update set " + assignments() : "");
    }

    private boolean hasOneRow() {
        return this == DEFAULTS || this == LATEST_REVISION;
    }

    private String prefixed(String prefix) {
        return columns().stream().map(column -> prefix + column).collect(Collectors.joining(", "));
    }

    private String assignments() {
        return columns().stream()
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", "));
    }

    /** Returns the table of a name in a file. */
    public static Optional<BackupTable> of(String word) {
        return Arrays.stream(values())
                .filter(table -> table.word().equals(word))
                .findFirst();
    }
}
