package dev.pintle.backup;

import dev.pintle.crypto.Sha256;
import dev.pintle.store.BackupRow;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;

/**
 * Writes the file of a backup. Only its owner can read the file. It replaces an earlier file when it is complete; a writer that
 * closes before {@link #finish} leaves no file.
 */
public final class BackupWriter implements AutoCloseable {
    private final Path file;
    private final Path next;
    private final FileChannel channel;
    private final OutputStream out;
    private final MessageDigest digest = Sha256.streaming();
    private long rows;

    private BackupWriter(Path file, Path next) throws IOException {
        this.file = file;
        this.next = next;
        this.channel = FileChannel.open(next, StandardOpenOption.WRITE);
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel));
    }

    /** Opens a file in the directory of the backup. */
    public static BackupWriter open(Path file, Instant now) throws IOException {
        Path absolute = file.toAbsolutePath();
        // The JDK creates temporary files that only their owner can read.
        Path next = Files.createTempFile(absolute.resolveSibling(""), file.getFileName() + ".", ".tmp");
        BackupWriter writer = new BackupWriter(absolute, next);
        writer.line(BackupFormat.header(now));
        return writer;
    }

    public void write(BackupRow row) throws IOException {
        line(BackupFormat.line(row));
        rows++;
    }

    /** Ends the file, and puts it in its place. */
    public void finish() throws IOException {
        out.write(terminated(BackupFormat.end(rows, HexFormat.of().formatHex(digest.digest()))));
        out.flush();
        channel.force(true);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void line(String text) throws IOException {
        byte[] bytes = terminated(text);
        digest.update(bytes);
        out.write(bytes);
    }

    private static byte[] terminated(String line) {
        return (line + '\n').getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(next);
    }
}
