package dev.pintle.upstream;

import dev.pintle.exchange.Answer;
import dev.pintle.exchange.Body;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Failure;
import dev.pintle.exchange.FailureKind;
import dev.pintle.exchange.Headers;
import dev.pintle.time.Watch;
import dev.pintle.time.Watchdog;
import dev.pintle.upstream.UpstreamFaults.Phase;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** One request and its response on one connection, from lease to release. Used by one thread; the watchdog may cut it. */
final class Conversation {
    private static final Timeout CONTINUE_WITHIN = Timeout.ofSeconds(1);
    private static final TimeValue KEPT_FOR = TimeValue.ofSeconds(30);

    private final PoolingHttpClientConnectionManager manager;
    private final ConnectionEndpoint endpoint;
    private final Watch watch;
    private final Target target;
    private final Exchange exchange;
    private final Timeouts timeouts;
    private final HttpCoreContext context = HttpCoreContext.create();
    private Phase phase = Phase.CONNECTING;
    private boolean reused;
    private @Nullable EndpointDetails wire;
    private long heardBefore;
    private boolean reusable;
    private @Nullable UpstreamResponse response;

    private Conversation(
            PoolingHttpClientConnectionManager manager,
            ConnectionEndpoint endpoint,
            Watchdog watchdog,
            Target target,
            Exchange exchange,
            Timeouts timeouts) {
        this.manager = manager;
        this.endpoint = endpoint;
        this.watch = watchdog.watch(() -> endpoint.close(CloseMode.IMMEDIATE));
        this.target = target;
        this.exchange = exchange;
        this.timeouts = timeouts;
    }

    /** Leases a connection, which may still have to be opened. */
    static Conversation begin(
            PoolingHttpClientConnectionManager manager,
            Watchdog watchdog,
            Target target,
            Exchange exchange,
            Timeouts timeouts) {
        Timeout patience = Timeout.ofMilliseconds(Math.max(1, timeouts.connect().toMillis()));
        try {
            ConnectionEndpoint endpoint =
                    manager.lease("", target.route(), patience, null).get(patience);
            return new Conversation(manager, endpoint, watchdog, target, exchange, timeouts);
        } catch (TimeoutException | ExecutionException e) {
            throw new Failure(
                    FailureKind.CONNECT, "no connection to " + target + " could be leased: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(FailureKind.CONNECT, "interrupted while waiting for a connection to " + target);
        }
    }

    /** The client's body, to be sent in this conversation. */
    private HttpEntity requestBody() {
        return new RequestBody(exchange, watch, timeouts.idle().toNanos(), () -> endpoint.close(CloseMode.IMMEDIATE));
    }

    /** @throws Failure when there is no answer; the connection is closed then */
    Answer run(UpstreamRequest request) {
        if (exchange.request().body().length() != 0) {
            request.setEntity(requestBody());
        }
        try {
            connect();
            return answer(endpoint.execute("", request, this::converse, context));
        } catch (IOException | HttpException | RuntimeException e) {
            release();
            throw UpstreamFaults.failure(e, phase, watch.expired(), target);
        }
    }

    /** Wants a connection that has not served before. To be called before it runs. */
    Conversation onFreshConnection() {
        endpoint.close(CloseMode.IMMEDIATE);
        return this;
    }

    /** Whether the upstream cannot have seen anything of the request. */
    boolean sentNothing() {
        return phase == Phase.CONNECTING;
    }

    /**
     * Whether it failed as it does when the upstream closes an idle connection: on one that had served before, and without an
     * octet from the upstream.
     */
    boolean metStaleConnection(Failure failure) {
        return reused && !heard() && (failure.kind() == FailureKind.RESET || failure.kind() == FailureKind.CONNECT);
    }

    private boolean heard() {
        return wire != null && wire.getReceivedBytesCount() > heardBefore;
    }

    private void connect() throws IOException {
        reused = endpoint.isConnected();
        long nanos = Math.min(timeouts.connect().toNanos(), exchange.budget().left());
        watch.expireIn(nanos);
        manager.connect(endpoint, TimeValue.ofNanoseconds(Math.max(nanos, 1_000_000)), context);
    }

    private ClassicHttpResponse converse(
            ClassicHttpRequest message, HttpClientConnection connection, HttpContext ignored)
            throws IOException, HttpException {
        UpstreamRequest request = (UpstreamRequest) message;
        refuseUnasked(connection);
        wire = connection.getEndpointDetails();
        heardBefore = wire.getReceivedBytesCount();
        boolean mayBeSentAgain = request.isIdempotent() && request.getEntity() == null;
        if (reused && !mayBeSentAgain && (connection.isStale() || heard())) {
            throw new ConnectionClosedException("it closed the connection while that was idle");
        }
        phase = Phase.SENDING;
        watch.expireIn(timeouts.idle().toNanos());
        connection.sendRequestHeader(request);
        ClassicHttpResponse early = null;
        if (request.getEntity() != null) {
            early = sendBody(request, connection);
        } else {
            connection.flush();
        }
        phase = Phase.WAITING;
        watch.expireIn(Math.min(timeouts.attempt().toNanos(), exchange.budget().left()));
        ClassicHttpResponse head = early == null ? finalHead(connection) : early;
        watch.pause();
        phase = Phase.RECEIVING;
        if (MessageSupport.canResponseHaveBody(request.getMethod(), head)) {
            connection.receiveResponseEntity(head);
        }
        reusable = early == null
                && !request.answeredEarly()
                && !isBodyForbiddenButAnnounced(head)
                && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, head, context);
        return head;
    }

    /** Octets that nobody asked for would be taken for the answer to this request. */
    private static void refuseUnasked(HttpClientConnection connection) throws IOException {
        Socket socket = ((ManagedHttpClientConnection) connection).getSocket();
        if (socket == null || socket.getInputStream().available() > 0) {
            throw new ConnectionClosedException("it spoke without being asked");
        }
    }

    /** Sends the body, and answers with the final head if the upstream gave it before it had the whole. */
    private @Nullable ClassicHttpResponse sendBody(UpstreamRequest request, HttpClientConnection connection)
            throws IOException, HttpException {
        ClassicHttpResponse early =
                request.containsHeader(HttpHeaders.EXPECT) ? answerInsteadOfContinue(connection) : null;
        if (early != null) {
            return early;
        }
        try {
            connection.sendRequestEntity(request);
            if (!request.answeredEarly()) {
                connection.flush();
            }
            return null;
        } catch (IOException e) {
            return lastWords(connection, e);
        }
    }

    /** An upstream that refuses a body often answers before it closes; that answer is worth more than the broken pipe. */
    private ClassicHttpResponse lastWords(HttpClientConnection connection, IOException broken)
            throws IOException, HttpException {
        if (watch.expired()) {
            throw broken;
        }
        try {
            return finalHead(connection);
        } catch (IOException | HttpException e) {
            broken.addSuppressed(e);
            throw broken;
        }
    }

    /** Waits for {@code 100 Continue} a while; an upstream that says nothing gets the body all the same. */
    private @Nullable ClassicHttpResponse answerInsteadOfContinue(HttpClientConnection connection)
            throws IOException, HttpException {
        connection.flush();
        if (!connection.isDataAvailable(CONTINUE_WITHIN)) {
            return null;
        }
        ClassicHttpResponse response = connection.receiveResponseHeader();
        if (response.getCode() >= 200) {
            return response;
        }
        passOn(response);
        return null;
    }

    private ClassicHttpResponse finalHead(HttpClientConnection connection) throws IOException, HttpException {
        ClassicHttpResponse response = connection.receiveResponseHeader();
        while (response.getCode() < 200) {
            passOn(response);
            response = connection.receiveResponseHeader();
        }
        return response;
    }

    private void passOn(ClassicHttpResponse interim) throws ProtocolException {
        if (interim.getCode() == 101) {
            throw new ProtocolException("it switched protocols without being asked");
        }
        if (interim.getCode() != 100) {
            exchange.client().interim(interim.getCode(), headers(interim));
        }
    }

    private static boolean isBodyForbiddenButAnnounced(ClassicHttpResponse response) {
        return response.getCode() == 204
                && (response.containsHeader(HttpHeaders.CONTENT_LENGTH)
                        || response.containsHeader(HttpHeaders.TRANSFER_ENCODING));
    }

    private Answer answer(ClassicHttpResponse head) throws IOException {
        response = (UpstreamResponse) head;
        HttpEntity entity = head.getEntity();
        if (entity == null || entity.getContentLength() == 0) {
            finished();
            return new Answer(head.getCode(), headers(head), Body.EMPTY);
        }
        return new Answer(head.getCode(), headers(head), new ResponseBody(entity, this));
    }

    /** An octet of the response is awaited from here on. */
    void awaitOctets() {
        watch.expireIn(timeouts.idle().toNanos());
    }

    /** Octets came. */
    void gotOctets() {
        watch.pause();
    }

    /** The whole response was read: the connection may serve again, if both sides want that. */
    void finished() {
        watch.close();
        boolean clean = reusable && response != null && !response.isFollowedByMore();
        manager.release(endpoint, null, clean ? KEPT_FOR : null);
    }

    /** What went wrong while the response was read. */
    Failure failure(IOException e) {
        return UpstreamFaults.failure(e, phase, watch.expired(), target);
    }

    /** Gives the connection up: what is left of the response is not wanted, or cannot be had. */
    void release() {
        watch.close();
        endpoint.close(CloseMode.IMMEDIATE);
        manager.release(endpoint, null, null);
    }

    private static Headers headers(ClassicHttpResponse response) {
        Headers.Builder headers = Headers.builder();
        for (Header header : response.getHeaders()) {
            headers.add(header.getName(), header.getValue() == null ? "" : header.getValue());
        }
        return headers.build();
    }
}
