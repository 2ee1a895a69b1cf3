package dev.pintle.upstream.http2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.upstream.target.Target;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.eclipse.jetty.http2.ErrorCode;
import org.junit.jupiter.api.Test;

/** A request is sent again only when the target cannot have processed it. */
class StreamFailureTest {
    private static final Target TARGET = Target.of("http://10.0.0.7:5001", 1);

    @Test
    void aStreamThatJettyRefusesIsUnprocessed() {
        assertThat(StreamFailure.notOpened(new IllegalStateException("Max local stream count"), TARGET))
                .isInstanceOf(UnprocessedException.class);
    }

    /** Several frames leave in one write, so that this one can have arrived although the write failed. */
    @Test
    void aHeadWhoseWriteFailedMayHaveArrived() {
        for (IOException failure : new IOException[] {new IOException("Broken pipe"), new ClosedChannelException()}) {
            assertThat(StreamFailure.notOpened(failure, TARGET))
                    .isNotInstanceOf(UnprocessedException.class)
                    .hasMessageContaining("broke the connection off");
        }
    }

    @Test
    void onlyARefusalKeepsTheConnection() {
        assertThat(StreamFailure.reset(ErrorCode.REFUSED_STREAM_ERROR.code, false, TARGET))
                .isInstanceOf(RefusedStreamException.class);
        assertThat(StreamFailure.reset(ErrorCode.INTERNAL_ERROR.code, false, TARGET))
                .isNotInstanceOf(UnprocessedException.class);
    }
}
