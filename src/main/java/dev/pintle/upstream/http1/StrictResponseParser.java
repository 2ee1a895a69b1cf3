package dev.pintle.upstream.http1;

import dev.pintle.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Parses the response heads of one connection strictly. It rejects invalid headers and headers that a later parser could
 * split. It reads all lines into the same two buffers, which HttpCore's parser creates for each line.
 */
final class StrictResponseParser implements HttpMessageParser<ClassicHttpResponse> {
    private static final int LINE = 128;
    private static final int LONGEST_KEPT_LINE = 2 << 10;

    private final Http1Config config;
    private final int maxHeadBytes;
    private final HeaderStrings strings = new HeaderStrings();
    private CharArrayBuffer line = new CharArrayBuffer(LINE);
    private CharArrayBuffer nextLine = new CharArrayBuffer(LINE);
    private @Nullable HeadSizeLimit limit;
    private UpstreamResponse.@Nullable Origin origin;

    /** @param maxHeadBytes of names and values */
    StrictResponseParser(Http1Config config, int maxHeadBytes) {
        this.config = config;
        this.maxHeadBytes = maxHeadBytes;
    }

    /** Returns the next head; null when the stream ends before it. */
    @Override
    public @Nullable ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream socket)
            throws IOException, HttpException {
        UpstreamResponse.Origin from = origin(buffer, socket);
        from.guard().head(buffer.length() > 0);
        HeadSizeLimit limited = Objects.requireNonNull(limit);
        limited.head();
        strings.restart();
        line.clear();
        if (buffer.readLine(line, limited) < 0) {
            return null;
        }
        if (line.isEmpty()) {
            throw new MessageConstraintException("an empty line instead of a status line");
        }
        UpstreamResponse response = UpstreamResponse.of(ResponseStatusLine.parse(line), headers(buffer, limited), from);
        releaseLongLines();
        return response;
    }

    /** A connection has one buffer, one stream and one parser. */
    private UpstreamResponse.Origin origin(SessionInputBuffer buffer, InputStream socket) {
        UpstreamResponse.Origin current = origin;
        if (current == null || !current.stream().equals(socket)) {
            current = new UpstreamResponse.Origin(buffer, socket, new TruncationGuard(socket), config);
            limit = new HeadSizeLimit(current.guard(), maxHeadBytes + config.getBufferSize());
            origin = current;
        }
        return current;
    }

    private Headers headers(SessionInputBuffer buffer, InputStream stream) throws IOException, HttpException {
        Headers.Builder headers = Headers.builder();
        int bytes = 0;
        int count = 0;
        line.clear();
        buffer.readLine(line, stream);
        while (!line.isEmpty()) {
            readNextLine(buffer, stream);
            bytes += addHeader(headers);
            count++;
            if (bytes > maxHeadBytes) {
                throw new MessageConstraintException("Maximum head size exceeded");
            }
            if (config.getMaxHeaderCount() > 0 && count > config.getMaxHeaderCount()) {
                throw new MessageConstraintException("Maximum header count exceeded");
            }
            CharArrayBuffer parsed = line;
            line = nextLine;
            nextLine = parsed;
        }
        return headers.build();
    }

    /** Reads the next line. Appends lines that continue the current one (RFC 9112 section 5.2). */
    private void readNextLine(SessionInputBuffer buffer, InputStream stream) throws IOException {
        nextLine.clear();
        buffer.readLine(nextLine, stream);
        while (!nextLine.isEmpty() && isBlank(nextLine.charAt(0))) {
            int start = 0;
            while (start < nextLine.length() && isBlank(nextLine.charAt(start))) {
                start++;
            }
            line.append(' ');
            line.append(nextLine, start, nextLine.length() - start);
            nextLine.clear();
            buffer.readLine(nextLine, stream);
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Returns the number of bytes of the header. */
    private int addHeader(Headers.Builder headers) throws ProtocolException {
        int colon = line.indexOf(':');
        if (colon < 0) {
            throw new ParseException("a header line without a colon", line, 0, line.length());
        }
        int start = colon + 1;
        int end = line.length();
        while (start < end && isTrimmed(line.charAt(start))) {
            start++;
        }
        while (start < end && isTrimmed(line.charAt(end - 1))) {
            end--;
        }
        String name = strings.name(line, colon);
        String value = strings.value(name, line, start, end);
        headers.add(name, value);
        return name.length() + value.length();
    }

    private static boolean isTrimmed(char c) {
        return isBlank(c) || c == '\r';
    }

    /** An idle connection keeps no buffer of a rare long header. */
    private void releaseLongLines() {
        if (line.capacity() + nextLine.capacity() > LONGEST_KEPT_LINE) {
            line = new CharArrayBuffer(LINE);
            nextLine = new CharArrayBuffer(LINE);
        }
    }
}
