package dev.pintle.server.http1;

import dev.pintle.http.HttpToken;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds violations of RFC 9112 section 3 in a request line that Jetty's parser accepts, byte by byte. Jetty rejects
 * bytes that are never allowed, such as control characters. Used by one thread.
 */
final class RequestLineScanner {
    private static final String VERSION = "HTTP/d.d";
    private static final int MAJOR = 5;
    private static final int MINOR = 7;

    private enum Part {
        START,
        METHOD,
        BEFORE_TARGET,
        TARGET,
        VERSION,
        END
    }

    private Part part = Part.START;
    private int versionLength;
    private byte major;

    /** Prepares for the next request line. */
    void reset() {
        part = Part.START;
        versionLength = 0;
    }

    /**
     * Scans the bytes before Jetty parses them, up to the end of the line. It replaces a minor version above 1 with 1
     * in the buffer. A recipient treats HTTP/1.2 as HTTP/1.1 (RFC 9110 section 6.2), but Jetty would reject it.
     *
     * @return the violation; null when the line is valid so far
     */
    @Nullable
    String fault(ByteBuffer buffer) {
        String fault = null;
        for (int i = buffer.position(); i < buffer.limit() && part != Part.END && fault == null; i++) {
            fault = part == Part.VERSION ? versionFault(buffer, i) : fault(buffer.get(i));
        }
        return fault;
    }

    private @Nullable String fault(byte b) {
        boolean ends = b == '\r' || b == '\n';
        switch (part) {
            case START -> {
                if (!ends) {
                    part = Part.METHOD;
                    return HttpToken.isTokenCharacter((char) (b & 0xff)) ? null : "the method is not a token";
                }
            }
            case METHOD -> part = b == ' ' ? Part.BEFORE_TARGET : part;
            case BEFORE_TARGET -> {
                part = Part.TARGET;
                return b == ' ' ? "the method is followed by more than one space" : null;
            }
            default -> {
                if (ends) {
                    return "the request line has no HTTP version; HTTP/0.9 is not supported";
                }
                part = b == ' ' ? Part.VERSION : part;
            }
        }
        return null;
    }

    private @Nullable String versionFault(ByteBuffer buffer, int index) {
        byte b = buffer.get(index);
        if (b == '\r' || b == '\n') {
            part = Part.END;
            return versionLength == VERSION.length() ? null : "the HTTP version does not have the form HTTP/1.1";
        }
        if (versionLength == VERSION.length() || !isNext(b)) {
            return "the HTTP version does not have the form HTTP/1.1 after one space";
        }
        if (versionLength == MAJOR) {
            major = b;
        } else if (versionLength == MINOR && major == '1' && b > '1') {
            buffer.put(index, (byte) '1');
        }
        versionLength++;
        return null;
    }

    private boolean isNext(byte b) {
        char expected = VERSION.charAt(versionLength);
        return expected == 'd' ? b >= '0' && b <= '9' : b == expected;
    }
}
