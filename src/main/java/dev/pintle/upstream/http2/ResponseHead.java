package dev.pintle.upstream.http2;

import dev.pintle.http.Client;
import dev.pintle.http.Headers;
import dev.pintle.upstream.target.Target;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.frames.HeadersFrame;

/**
 * A response head.
 *
 * @param length the announced bytes of its body, or a negative number
 * @param last whether it ends the stream
 */
record ResponseHead(int status, Headers headers, long length, boolean last) {
    private static final int FIRST = 100;
    private static final int CONTINUE = 100;
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int FIRST_FINAL = 200;
    private static final int LAST = 999;
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    /** Headers that HTTP/2 forbids (RFC 9113 section 8.2.2). Jetty rejects {@code connection}. */
    private static final List<String> CONNECTION_SPECIFIC =
            List.of("keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    /**
     * Waits for the final head of a stream. Forwards interim responses to the client (RFC 9110 section 15.2), except 100,
     * which concerns only the gateway and the target.
     */
    static ResponseHead awaitFinal(UpstreamStream stream, Client client, Target target) {
        ResponseHead head = of(stream.head(), target);
        while (head.status < FIRST_FINAL) {
            if (head.status != CONTINUE) {
                client.interim(head.status, head.headers);
            }
            head = of(stream.head(), target);
        }
        return head;
    }

    /** @throws dev.pintle.http.ExchangeException when the head is malformed */
    static ResponseHead of(HeadersFrame frame, Target target) {
        MetaData.Response response = (MetaData.Response) frame.getMetaData();
        int status = response.getStatus();
        if (status < FIRST || status > LAST || status == SWITCHING_PROTOCOLS) {
            throw StreamFailure.malformed("its status is " + status, target);
        }
        if (status < FIRST_FINAL && frame.isEndStream()) {
            throw StreamFailure.malformed("an interim response ends its stream", target);
        }
        List<String> lengths = response.getHttpFields().getValuesList(HttpHeader.CONTENT_LENGTH);
        if (lengths.stream().distinct().count() > 1 || !lengths.stream().allMatch(LENGTH.asMatchPredicate())) {
            throw StreamFailure.malformed("its content-length is " + lengths, target);
        }
        for (String name : CONNECTION_SPECIFIC) {
            if (response.getHttpFields().contains(name)) {
                throw StreamFailure.malformed("it has the header " + name, target);
            }
        }
        return new ResponseHead(
                status,
                Http2Headers.of(response.getHttpFields()),
                response.getHttpFields().getLongField(HttpHeader.CONTENT_LENGTH),
                frame.isEndStream());
    }

    /** Whether the response announces content and ends without any. */
    boolean lacksContent(String method) {
        return last && length > 0 && !method.equals("HEAD") && status != 204 && status != 304;
    }

    /** Whether no content follows the head of a response to this method (RFC 9110 section 6.4.1). */
    boolean isWithoutContent(String method) {
        return last || method.equals("HEAD") || status == 204 || status == 304;
    }
}
