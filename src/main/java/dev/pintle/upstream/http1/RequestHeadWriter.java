package dev.pintle.upstream.http1;

import dev.pintle.http.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.UnmappableCharacterException;
import java.util.Arrays;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.io.HttpMessageWriter;
import org.apache.hc.core5.http.io.SessionOutputBuffer;

/**
 * Writes the heads of the {@linkplain UpstreamRequest requests} on one connection, one byte for each char. A body that
 * is known by then follows in the same write. HttpCore's writer replaces 0x80 to 0x9f, which are common in UTF-8, or
 * encodes each line through two further buffers. Used by one thread.
 */
final class RequestHeadWriter implements HttpMessageWriter<ClassicHttpRequest> {
    private static final int LAST_BYTE = 0xff;
    private static final int INITIAL_CAPACITY = 256;
    private static final int MAX_KEPT_CAPACITY = 2 << 10;

    private byte[] head = new byte[INITIAL_CAPACITY];
    private int size;

    @Override
    public void write(ClassicHttpRequest message, SessionOutputBuffer buffer, OutputStream wire) throws IOException {
        UpstreamRequest request = (UpstreamRequest) message;
        size = 0;
        add(request.getMethod());
        add(" ");
        add(request.target());
        add(" HTTP/1.1");
        endLine();
        addHeader("Host", request.host());
        Headers headers = request.headers();
        for (int i = 0; i < headers.size(); i++) {
            addHeader(headers.name(i), headers.value(i));
        }
        endLine();
        request.content().writeAfter(head, size, buffer, wire);
        releaseLongHead();
    }

    private void addHeader(String name, String value) throws IOException {
        add(name);
        add(": ");
        add(value);
        endLine();
    }

    private void endLine() {
        reserve(2);
        head[size++] = '\r';
        head[size++] = '\n';
    }

    /** Adds a text to the line: control characters become spaces. */
    private void add(String text) throws IOException {
        reserve(text.length());
        byte[] to = head;
        int start = size;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > LAST_BYTE) {
                throw new UnmappableCharacterException(1);
            }
            to[start + i] = (byte) (c < ' ' && c != '\t' ? ' ' : c);
        }
        size = start + text.length();
    }

    private void reserve(int bytes) {
        if (bytes > head.length - size) {
            head = Arrays.copyOf(head, Math.max(2 * head.length, size + bytes));
        }
    }

    /** An idle connection keeps no buffer of a rare long head. */
    private void releaseLongHead() {
        if (head.length > MAX_KEPT_CAPACITY) {
            head = new byte[INITIAL_CAPACITY];
        }
    }
}
