package dev.pintle.server.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The defects of Jetty that {@link Http1Connection} works around. The conformance cases test the workaround. */
class JettyParserTest {
    private static final String HEAD = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";

    /** Fails when Jetty has fixed the defect: delete {@code badMessage} of {@link Http1Connection} then. */
    @Test
    void jettyReportsABadMessageForAnEndAfterTheCrOfAChunk() {
        assertThat(eventsOf("5\r\nhello\r")).containsExactly("badMessage");
    }

    /** Fails when Jetty has fixed the defect: delete {@code messageComplete} of {@link Http1Connection} then. */
    @ParameterizedTest
    @ValueSource(strings = {"0\r\n", "0\r\n\r", "0\r\nA: 1\r\n"})
    void jettyAcceptsAnEndInTheTrailerSectionAsTheEndOfTheMessage(String chunks) {
        assertThat(eventsOf(chunks)).containsExactly("messageComplete");
    }

    @Test
    void jettyReportsAnEarlyEndForAnEndInAChunk() {
        assertThat(eventsOf("5\r\nhel")).containsExactly("earlyEOF");
    }

    private static List<String> eventsOf(String chunks) {
        Events events = new Events();
        HttpParser parser = new HttpParser(events);
        ByteBuffer message = BufferUtil.toBuffer(HEAD + chunks);
        while (message.hasRemaining()) {
            parser.parseNext(message);
        }
        parser.atEOF();
        parser.parseNext(BufferUtil.EMPTY_BUFFER);
        return events.seen;
    }

    private static final class Events implements HttpParser.RequestHandler {
        private final List<String> seen = new ArrayList<>();

        @Override
        public void startRequest(String method, String uri, HttpVersion version) {}

        @Override
        public void parsedHeader(HttpField field) {}

        @Override
        public boolean headerComplete() {
            return false;
        }

        @Override
        public boolean content(ByteBuffer item) {
            return false;
        }

        @Override
        public boolean contentComplete() {
            return false;
        }

        @Override
        public boolean messageComplete() {
            seen.add("messageComplete");
            return false;
        }

        @Override
        public void badMessage(HttpException failure) {
            seen.add("badMessage");
        }

        @Override
        public void earlyEOF() {
            seen.add("earlyEOF");
        }
    }
}
