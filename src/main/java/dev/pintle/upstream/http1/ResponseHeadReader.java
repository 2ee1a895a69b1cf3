package dev.pintle.upstream.http1;

import dev.pintle.http.Client;
import java.io.IOException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The response heads that an upstream sends for one request. It forwards interim responses to the client (RFC 9110
 * section 15.2), except 100, which concerns only the gateway and the upstream. Used by one thread.
 */
final class ResponseHeadReader {
    /** Limits the interim responses before the final one. */
    private static final int MOST_INTERIM = 100;

    private static final Timeout CONTINUE_WITHIN = Timeout.ofSeconds(1);

    private final HttpClientConnection connection;
    private final Client client;
    private final boolean maySwitch;

    /** @param maySwitch whether the request asks the upstream to switch protocols */
    ResponseHeadReader(HttpClientConnection connection, Client client, boolean maySwitch) {
        this.connection = connection;
        this.client = client;
        this.maySwitch = maySwitch;
    }

    /** Waits for the final response head. A 101 response that the request asked for is final, too. */
    UpstreamResponse last() throws IOException, HttpException {
        UpstreamResponse response = next();
        for (int interim = 0; isInterim(response); interim++) {
            if (interim == MOST_INTERIM) {
                throw new ProtocolException("more than " + MOST_INTERIM + " interim responses");
            }
            passOn(response);
            response = next();
        }
        return response;
    }

    /**
     * Waits a limited time for {@code 100 Continue}. Without it, the upstream gets the body anyway (RFC 9110 section
     * 10.1.1).
     *
     * @return the final head if it arrives instead, or null
     */
    @Nullable
    UpstreamResponse insteadOfContinue() throws IOException, HttpException {
        connection.flush();
        if (!connection.isDataAvailable(CONTINUE_WITHIN)) {
            return null;
        }
        UpstreamResponse response = next();
        if (response.getCode() >= 200) {
            return response;
        }
        passOn(response);
        return null;
    }

    private boolean isInterim(UpstreamResponse response) {
        return response.getCode() < 200 && !(maySwitch && response.getCode() == 101);
    }

    private void passOn(UpstreamResponse interim) throws ProtocolException {
        if (interim.getCode() == 101) {
            throw new ProtocolException("it switched protocols without a request to do so");
        }
        if (interim.getCode() != 100) {
            client.interim(interim.getCode(), interim.headers());
        }
    }

    private UpstreamResponse next() throws IOException, HttpException {
        return (UpstreamResponse) connection.receiveResponseHeader();
    }
}
