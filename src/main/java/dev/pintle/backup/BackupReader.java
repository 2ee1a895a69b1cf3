package dev.pintle.backup;

import dev.pintle.crypto.Sha256;
import dev.pintle.store.BackupRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a backup whose format and digest are right. */
public final class BackupReader implements AutoCloseable {
    private final BufferedReader lines;

    private BackupReader(BufferedReader lines) {
        this.lines = lines;
    }

    /**
     * Reads the whole file once, so that a restore does not begin with a damaged one.
     *
     * @throws InvalidBackupException when the file is no backup, is damaged, or has a newer format
     */
    public static BackupReader verified(Path file) throws IOException, InvalidBackupException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String header = lines.readLine();
            requireFormat(file, header);
            MessageDigest digest = Sha256.streaming();
            long rows = 0;
            update(digest, header);
            String line = lines.readLine();
            while (line != null && BackupFormat.row(line).isPresent()) {
                update(digest, line);
                rows++;
                line = lines.readLine();
            }
            String end = BackupFormat.end(rows, HexFormat.of().formatHex(digest.digest()));
            if (!end.equals(line) || lines.readLine() != null) {
                throw new InvalidBackupException(
                        file + " is damaged or incomplete after line " + (rows + 1) + ". Use another backup.");
            }
            return new BackupReader(Files.newBufferedReader(file, StandardCharsets.UTF_8));
        }
    }

    private static void requireFormat(Path file, @Nullable String header) throws InvalidBackupException {
        int number = Optional.ofNullable(header)
                .flatMap(BackupFormat::number)
                .orElseThrow(() -> new InvalidBackupException(
                        file + " is not a backup. Name a file that bin/pintle backup wrote."));
        if (number != BackupFormat.NUMBER) {
            throw new InvalidBackupException(
                    file + " has the backup format " + number + ", and this version reads format " + BackupFormat.NUMBER
                            + ". Use the version of Pintle that wrote the file.");
        }
    }

    private static void update(MessageDigest digest, String line) {
        digest.update((line + '\n').getBytes(StandardCharsets.UTF_8));
    }

    /** The rows; can be read once. */
    public Stream<BackupRow> rows() {
        return lines.lines().map(BackupFormat::row).flatMap(Optional::stream);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
