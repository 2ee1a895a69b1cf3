package dev.pintle.upstream.http1;

import dev.pintle.http.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.UnmappableCharacterException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.HttpMessageWriter;
import org.apache.hc.core5.http.io.SessionOutputBuffer;

/**
 * Writes the heads of {@linkplain UpstreamRequest requests}, one byte for each char. HttpCore's writer replaces 0x80 to 0x9f,
 * which are common in UTF-8, or encodes each line through two further buffers.
 */
enum RequestHeadWriter implements HttpMessageWriter<ClassicHttpRequest> {
    INSTANCE;

    private static final int LAST_BYTE = 0xff;

    @Override
    public void write(ClassicHttpRequest message, SessionOutputBuffer buffer, OutputStream wire) throws IOException {
        UpstreamRequest request = (UpstreamRequest) message;
        write(request.getMethod(), buffer, wire);
        buffer.write(' ', wire);
        write(request.target(), buffer, wire);
        write(" HTTP/1.1", buffer, wire);
        endLine(buffer, wire);
        writeHeader("Host", request.host(), buffer, wire);
        Headers headers = request.headers();
        for (int i = 0; i < headers.size(); i++) {
            writeHeader(headers.name(i), headers.value(i), buffer, wire);
        }
        endLine(buffer, wire);
    }

    private static void writeHeader(String name, String value, SessionOutputBuffer buffer, OutputStream wire)
            throws IOException {
        write(name, buffer, wire);
        write(": ", buffer, wire);
        write(value, buffer, wire);
        endLine(buffer, wire);
    }

    private static void endLine(SessionOutputBuffer buffer, OutputStream wire) throws IOException {
        buffer.write('\r', wire);
        buffer.write('\n', wire);
    }

    /** Writes a text on one line: control characters become spaces. */
    private static void write(String text, SessionOutputBuffer buffer, OutputStream wire) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > LAST_BYTE) {
                throw new UnmappableCharacterException(1);
            }
            buffer.write(c < ' ' && c != '\t' ? ' ' : c, wire);
        }
    }
}
