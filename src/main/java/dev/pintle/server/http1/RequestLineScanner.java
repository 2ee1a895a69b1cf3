package dev.pintle.server.http1;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpTokens;
import org.jspecify.annotations.Nullable;

/**
 * Finds what Jetty's parser lets pass in a request line and RFC 9112 section 3 forbids, byte by byte as they come. Bytes that are
 * never allowed, such as control characters, are Jetty's to refuse. Used by one thread.
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

    /** The next request line begins. */
    void reset() {
        part = Part.START;
        versionLength = 0;
    }

    /**
     * Scans bytes that Jetty has not read yet, up to the end of the line. A minor version above 1 becomes 1 in the buffer: a
     * recipient treats HTTP/1.2 as HTTP/1.1 (RFC 9110 section 6.2), which Jetty would refuse.
     *
     * @return what is wrong with the line; null when nothing is so far
     */
    @Nullable
    String fault(ByteBuffer buffer) {
        String fault = null;
        for (int i = buffer.position(); i < buffer.limit() && part != Part.END && fault == null; i++) {
            fault = part == Part.VERSION ? versionFault(buffer, i) : fault(buffer.get(i));
        }
        return fault;
    }

    private @Nullable String fault(byte octet) {
        boolean ends = octet == '\r' || octet == '\n';
        switch (part) {
            case START -> {
                if (!ends) {
                    part = Part.METHOD;
                    return isTokenCharacter(octet) ? null : "the method is no token";
                }
            }
            case METHOD -> part = octet == ' ' ? Part.BEFORE_TARGET : part;
            case BEFORE_TARGET -> {
                part = Part.TARGET;
                return octet == ' ' ? "more than one space follows the method" : null;
            }
            default -> {
                if (ends) {
                    return "the request line has no HTTP version; HTTP/0.9 is not supported";
                }
                part = octet == ' ' ? Part.VERSION : part;
            }
        }
        return null;
    }

    private @Nullable String versionFault(ByteBuffer buffer, int index) {
        byte octet = buffer.get(index);
        if (octet == '\r' || octet == '\n') {
            part = Part.END;
            return versionLength == VERSION.length() ? null : "the HTTP version is not of the form HTTP/1.1";
        }
        if (versionLength == VERSION.length() || !isNext(octet)) {
            return "the HTTP version is not of the form HTTP/1.1, behind one space";
        }
        if (versionLength == MAJOR) {
            major = octet;
        } else if (versionLength == MINOR && major == '1' && octet > '1') {
            buffer.put(index, (byte) '1');
        }
        versionLength++;
        return null;
    }

    private boolean isNext(byte octet) {
        char expected = VERSION.charAt(versionLength);
        return expected == 'd' ? octet >= '0' && octet <= '9' : octet == expected;
    }

    private static boolean isTokenCharacter(byte octet) {
        HttpTokens.Token token = HttpTokens.getToken(octet);
        return token.getType() == HttpTokens.Type.ALPHA
                || token.getType() == HttpTokens.Type.DIGIT
                || token.getType() == HttpTokens.Type.TCHAR;
    }
}
