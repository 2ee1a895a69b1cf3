package dev.pintle.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pintle.http.TraceContext;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** For any header of a client, the trace id is valid. */
class TraceContextExtractorFuzzTest {
    private final TraceContextExtractor traceIds = new TraceContextExtractor(new Random(1));

    @Property
    void anIdIsAlwaysValid(@ForAll("nearlyValid") String traceparent, @ForAll("nearlyValid") String xTraceId) {
        assertWritable(traceIds.of(traceparent, xTraceId));
    }

    @Property
    void theIdOfAnyTextIsValid(@ForAll String traceparent, @ForAll String xTraceId) {
        assertWritable(traceIds.of(traceparent, xTraceId));
    }

    @Property
    void aValidTraceparentIsKept(@ForAll("ids") String id, @ForAll("spans") String span, @ForAll String xTraceId) {
        assertThat(traceIds.of("00-" + id + '-' + span + "-00", xTraceId).id().hex())
                .isEqualTo(id);
    }

    @Property
    void aValidIdIsKept(@ForAll("ids") String id) {
        assertThat(traceIds.of(null, id).id().hex()).isEqualTo(id);
    }

    private static void assertWritable(TraceContext trace) {
        assertThat(trace.id().hex()).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
        assertThat(trace.span()).matches("[0-9a-f]{16}").isNotEqualTo("0".repeat(16));
        assertThat(trace.parent()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
    }

    @Provide
    Arbitrary<String> ids() {
        return hex(32);
    }

    @Provide
    Arbitrary<String> spans() {
        return hex(16);
    }

    private static Arbitrary<String> hex(int digits) {
        return Arbitraries.strings()
                .withChars("0123456789abcdef")
                .ofLength(digits)
                .filter(text -> text.matches(".*[1-9a-f].*"));
    }

    @Provide
    Arbitrary<String> nearlyValid() {
        Arbitrary<String> pieces = Arbitraries.of(
                "00",
                "ff",
                "01",
                "-",
                "-",
                "-",
                "0".repeat(32),
                "0".repeat(16),
                "a".repeat(32),
                "A".repeat(32),
                "b".repeat(16),
                "c".repeat(8),
                "1234",
                "\r\n",
                "\u0660",
                "\ud83d\ude00",
                " ",
                "g");
        return pieces.list().ofMaxSize(9).map(list -> String.join("", list));
    }
}
