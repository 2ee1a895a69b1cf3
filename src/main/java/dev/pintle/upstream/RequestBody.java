package dev.pintle.upstream;

import dev.pintle.exchange.Body;
import dev.pintle.exchange.Exchange;
import dev.pintle.exchange.Failure;
import dev.pintle.exchange.FailureKind;
import dev.pintle.exchange.Headers;
import dev.pintle.time.Watch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.message.BasicHeader;

/** The client's body on its way to the upstream: passed on as it comes, never kept. */
final class RequestBody extends AbstractHttpEntity {
    private static final int BUFFER = 16 << 10;

    private final Body body;
    private final Exchange exchange;
    private final Watch watch;
    private final long idleNanos;
    private final Runnable cut;

    /** @param cut closes the upstream's connection at once, so that a cut message is never completed */
    RequestBody(Exchange exchange, Watch watch, long idleNanos, Runnable cut) {
        super((String) null, null, exchange.request().body().length() < 0);
        this.body = exchange.request().body();
        this.exchange = exchange;
        this.watch = watch;
        this.idleNanos = idleNanos;
        this.cut = cut;
    }

    @Override
    public void writeTo(OutputStream upstream) throws IOException {
        exchange.budget().pause();
        try {
            byte[] buffer = new byte[BUFFER];
            for (int read = read(buffer); read >= 0; read = read(buffer)) {
                watch.expireIn(idleNanos);
                upstream.write(buffer, 0, read);
                if (isMoreAwaited()) {
                    upstream.flush();
                }
            }
        } finally {
            exchange.budget().resume();
        }
    }

    /** Reads from the client; that is timed by the client's side, so the upstream's watch stands still. */
    private int read(byte[] buffer) {
        watch.pause();
        try {
            return body.stream().read(buffer);
        } catch (IOException e) {
            cut.run();
            throw new Failure(FailureKind.CLIENT_BODY, "the request body broke off: " + e.getMessage());
        } catch (Failure e) {
            cut.run();
            throw e;
        }
    }

    private boolean isMoreAwaited() throws IOException {
        return body.stream().available() == 0;
    }

    @Override
    public Supplier<List<? extends Header>> getTrailers() {
        return () -> {
            List<Header> trailers = new ArrayList<>();
            Headers fields = body.trailers();
            fields.forEach((name, value) -> trailers.add(new BasicHeader(name, value)));
            return trailers;
        };
    }

    @Override
    public long getContentLength() {
        return body.length();
    }

    @Override
    public InputStream getContent() throws IOException {
        return body.stream();
    }

    @Override
    public boolean isStreaming() {
        return true;
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public void close() {
        body.close();
    }
}
