package dev.pintle.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

/** A line is what Jackson would write, without its objects. */
class JsonLineTest {
    @Property
    void aTextIsEscapedAsJacksonEscapesIt(@ForAll @StringLength(max = 20) String text) {
        assertThat(new JsonLine(0).add("a", text).end())
                .isEqualTo(AsciiJson.line(JsonNodeFactory.instance.objectNode().put("a", text)));
    }

    @Example
    void everyAsciiCharacterIsEscapedAsJacksonEscapesIt() {
        for (char c = 0; c < 0x180; c++) {
            aTextIsEscapedAsJacksonEscapesIt("a" + c + "b");
        }
    }

    /** Jackson writes longer times with an exponent. */
    @Property
    void aTimeHasTheDecimalsThatJacksonWrites(@ForAll @LongRange(max = 9_999_999_999_999L) long nanos) {
        long micros = nanos / 1_000;

        assertThat(new JsonLine(0).addMillis("a", nanos).end())
                .isEqualTo(AsciiJson.line(JsonNodeFactory.instance.objectNode().put("a", micros / 1e3)));
    }

    @Example
    void aMissingTextIsOmitted() {
        assertThat(new JsonLine(0).add("a", null).add("b", 1).add("c", "").end())
                .isEqualTo("{\"b\":1,\"c\":\"\"}");
    }
}
