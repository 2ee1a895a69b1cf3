package dev.pintle.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pintle.http.TraceContext;
import dev.pintle.http.TraceId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The trace that a request belongs to. */
class TraceContextExtractorTest {
    private static final String ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    private final TraceContextExtractor traceIds = new TraceContextExtractor(new Random(1));

    @ParameterizedTest
    @ValueSource(strings = {"00-" + ID + "-" + SPAN + "-01", "01-" + ID + "-" + SPAN + "-01-and-more"})
    void aValidTraceparentComesFirst(String traceparent) {
        TraceContext trace = traceIds.of(traceparent, "1".repeat(32));
        assertThat(trace.id().hex()).isEqualTo(ID);
        assertThat(trace.clientSpan()).isEqualTo(SPAN);
        assertThat(trace.span()).matches("[0-9a-f]{16}").isNotEqualTo(SPAN);
        assertThat(trace.flags()).isEqualTo("01");
        assertThat(trace.continued()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-" + ID + "-" + SPAN + "-01",
                "00-" + ID + "-" + SPAN + "-01-more",
                "00-" + ID + "-" + SPAN + "-1",
                "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + ID + "-0000000000000000-01",
                "00-" + ID + "-" + SPAN + "-01\n"
            })
    void anInvalidTraceparentIsIgnored(String traceparent) {
        TraceContext trace = traceIds.of(traceparent, "1".repeat(32));
        assertThat(trace.id().hex()).isEqualTo("1".repeat(32));
        assertThat(trace.continued()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0AF7651916CD43DD8448EB211C80319C, 0af7651916cd43dd8448eb211c80319c",
        "2C5EA4C0-4067-11e9-8bad-9b1deb4d3b7d, 2c5ea4c0406711e98bad9b1deb4d3b7d"
    })
    void anXTraceIdIsNormalized(String sent, String kept) {
        assertThat(traceIds.of(null, sent).id().hex()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "00000000000000000000000000000000",
                "00000000-0000-0000-0000-000000000000",
                "0af7651916cd43dd8448eb211c80319",
                "0af7651916cd43dd8448eb211c80319c0",
                "0af7651916cd43dd8448eb211c80319g",
                "0af7651916cd43dd8448eb211c80319\u0131",
                "2c5ea4c04067-11e9-8bad-9b1deb4d3b7d"
            })
    void anInvalidIdIsReplaced(String sent) {
        assertThat(traceIds.of(null, sent).id().hex())
                .matches("[0-9a-f]{32}")
                .isNotEqualTo(sent)
                .isNotEqualTo("0".repeat(32));
    }

    @Test
    void withoutHeadersEachRequestGetsANewTrace() {
        assertThat(traceIds.of(null, null).id())
                .isNotEqualTo(traceIds.of(null, null).id());
    }

    @Test
    void aTraceIdRejectsOtherText() {
        for (String hex : new String[] {"", "0".repeat(32), ID + "0", "A".repeat(32)}) {
            assertThatThrownBy(() -> new TraceId(hex)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
