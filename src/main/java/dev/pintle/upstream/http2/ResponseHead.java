package dev.pintle.upstream.http2;

import dev.pintle.http.Client;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.Headers;
import dev.pintle.http.ProxyStatusError;
import dev.pintle.upstream.target.Target;
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
    /** Limits the interim responses before the final one. */
    private static final int MOST_INTERIM = 100;

    private static final int CONTINUE = 100;
    private static final int FIRST_FINAL = 200;

    /**
     * Waits for the final head of a stream. Forwards interim responses to the client (RFC 9110 section 15.2), except 100,
     * which concerns only the gateway and the target.
     */
    static ResponseHead awaitFinal(UpstreamStream stream, Client client, Target target) {
        ResponseHead head = of(stream.head());
        for (int interim = 0; head.status < FIRST_FINAL; interim++) {
            if (interim == MOST_INTERIM) {
                throw new ExchangeException(
                        FailureKind.RESET,
                        ProxyStatusError.HTTP_PROTOCOL_ERROR,
                        target + " sent more than " + MOST_INTERIM + " interim responses");
            }
            if (head.status != CONTINUE) {
                client.interim(head.status, head.headers);
            }
            head = of(stream.head());
        }
        return head;
    }

    private static ResponseHead of(HeadersFrame frame) {
        MetaData.Response response = (MetaData.Response) frame.getMetaData();
        return new ResponseHead(
                response.getStatus(),
                Http2Headers.of(response.getHttpFields()),
                response.getHttpFields().getLongField(HttpHeader.CONTENT_LENGTH),
                frame.isEndStream());
    }

    /** Whether no content follows the head of a response to this method (RFC 9110 section 6.4.1). */
    boolean isWithoutContent(String method) {
        return last || method.equals("HEAD") || status == 204 || status == 304;
    }
}
