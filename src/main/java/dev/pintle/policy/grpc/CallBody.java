package dev.pintle.policy.grpc;

import dev.pintle.http.Body;
import dev.pintle.http.ErrorCode;
import dev.pintle.http.ExchangeContext;
import dev.pintle.http.ExchangeException;
import dev.pintle.http.FailureKind;
import dev.pintle.http.Grpc;
import dev.pintle.http.GrpcStatus;
import dev.pintle.http.Headers;
import dev.pintle.http.StreamBody;
import dev.pintle.time.WatchdogTimer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a call. A response that breaks off ends with trailers that say why, because a gRPC client cannot see
 * the reason of a reset. Used by one thread.
 */
final class CallBody extends StreamBody {
    private final Body body;
    private final ExchangeContext context;
    private final WatchdogTimer deadline;
    private boolean passedMessage;
    private boolean ended;
    private boolean closed;
    private @Nullable GrpcStatus failed;

    /** @param deadline is closed with this body */
    CallBody(Body body, ExchangeContext context, WatchdogTimer deadline) {
        this.body = body;
        this.context = context;
        this.deadline = deadline;
    }

    /** Trailers follow, whatever length the upstream announced. */
    @Override
    public long length() {
        return UNKNOWN;
    }

    @Override
    public int read(byte[] buffer, int offset, int size) throws IOException {
        if (ended) {
            return -1;
        }
        try {
            int read = body.stream().read(buffer, offset, size);
            passedMessage |= read > 0;
            ended = read < 0;
            return read;
        } catch (ExchangeException e) {
            if (e.kind() == FailureKind.CLIENT_GONE) {
                throw e;
            }
            ended = true;
            context.failed(e.kind().code(), e.sentence());
            failed = statusOf(e.kind().code());
            return -1;
        }
    }

    /** A client may repeat UNAVAILABLE, so it must not follow a message. */
    private GrpcStatus statusOf(ErrorCode code) {
        GrpcStatus status = GrpcStatus.of(code);
        return passedMessage && status == GrpcStatus.UNAVAILABLE ? GrpcStatus.INTERNAL : status;
    }

    @Override
    public int available() throws IOException {
        return ended ? 0 : body.stream().available();
    }

    @Override
    public Headers trailers() {
        GrpcStatus status = failed;
        return status == null
                ? body.trailers()
                : Headers.of(
                        Grpc.STATUS,
                        Integer.toString(status.number()),
                        Grpc.MESSAGE,
                        PercentEncoding.of(String.valueOf(context.detail())));
    }

    @Override
    public boolean brokeOff() {
        return body.brokeOff();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            deadline.close();
            context.grpcEnded(status());
            body.close();
        }
    }

    private GrpcStatus status() {
        if (failed != null) {
            return failed;
        }
        GrpcStatus status = ended ? Grpc.status(body.trailers()) : GrpcStatus.CANCELLED;
        return status == null ? GrpcStatus.UNKNOWN : status;
    }
}
