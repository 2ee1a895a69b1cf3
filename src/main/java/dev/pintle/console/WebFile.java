package dev.pintle.console;

import dev.pintle.crypto.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;

/** A file for browsers, in memory: as it is, and compressed with gzip. */
public final class WebFile {
    private final String mediaType;
    private final byte[] content;
    private final byte[] compressed;
    private final String tag;

    public WebFile(String mediaType, byte[] content) {
        this.mediaType = mediaType;
        this.content = content.clone();
        this.compressed = gzip(content);
        this.tag = Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.digest(content));
    }

    public String mediaType() {
        return mediaType;
    }

    /** The content, compressed with gzip or not. */
    public byte[] content(boolean gzip) {
        return (gzip ? compressed : content).clone();
    }

    /** The entity tag of a form of the content, without quotes. */
    public String tag(boolean gzip) {
        return gzip ? tag + "-gzip" : tag;
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return bytes.toByteArray();
    }
}
