package dev.pintle.upstream.http1;

import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.http.message.StatusLine;
import org.apache.hc.core5.util.CharArrayBuffer;

/** Parses status lines. The gateway does not need the reason phrase of an ordinary one. */
final class ResponseStatusLine {
    private static final String VERSION = "HTTP/1.1 ";
    private static final int END_OF_STATUS = VERSION.length() + 3;
    private static final int RADIX = 10;

    private ResponseStatusLine() {}

    /** Parses a line as HttpCore does, which copies each part of it to a string. */
    static StatusLine parse(CharArrayBuffer line) throws ParseException {
        return isOrdinary(line)
                ? new StatusLine(HttpVersion.HTTP_1_1, status(line), "")
                : BasicLineParser.INSTANCE.parseStatusLine(line);
    }

    /** Returns whether a line is HTTP/1.1, a status of three digits, and perhaps a reason phrase, with a space between. */
    private static boolean isOrdinary(CharArrayBuffer line) {
        if (line.length() <= END_OF_STATUS || line.charAt(END_OF_STATUS) != ' ') {
            return false;
        }
        for (int i = 0; i < END_OF_STATUS; i++) {
            char c = line.charAt(i);
            if (i < VERSION.length() ? c != VERSION.charAt(i) : c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }

    private static int status(CharArrayBuffer line) {
        int status = 0;
        for (int i = VERSION.length(); i < END_OF_STATUS; i++) {
            status = status * RADIX + line.charAt(i) - '0';
        }
        return status;
    }
}
