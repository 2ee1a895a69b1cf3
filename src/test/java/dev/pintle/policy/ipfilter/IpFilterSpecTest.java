package dev.pintle.policy.ipfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.Violation;
import dev.pintle.routing.RouteSchema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpFilterSpecTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.1", "10.0.0.0/8", "::1", "2001:db8::/32", "::ffff:10.0.0.0/104", "0.0.0.0/0", "::/0"})
    void addressesAndBlocksAreValid(String block) throws Exception {
        String defaults = "{\"ipFilter\": {\"allow\": [\"" + block + "\"], \"deny\": [\"" + block + "\"]}}";

        assertThat(new DocumentCache(RouteSchema.SCHEMA)
                        .defaults(JSON.readTree(defaults))
                        .settings()
                        .get(IpFilterType.TYPE))
                .isEqualTo(new IpFilterSpec(List.of(block), List.of(block)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "localhost",
                "10.0.0.0/33",
                "10.0.0",
                "10",
                "300.1.1.1",
                "10.0.0.1:80",
                "::1/129",
                "[::1]",
                "fe80::1%eth0",
                "fe80::%1/64",
                "10.0.0.0/255.0.0.0",
                "10.0.0.0/8,10.1.0.0/16",
                "10.0.0.1-5",
                "0x0a000001"
            })
    void otherTextIsRejectedWithItsPointerAndARemedy(String block) throws Exception {
        assertThat(violations("{\"allow\": [\"10.0.0.0/8\", \"" + block + "\"]}"))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.pointer()).isEqualTo("/ipFilter/allow/1");
                    assertThat(violation.message()).contains("10.0.0.0/8", "without a zone", '"' + block + '"');
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                          | /ipFilter
                    {"allow": []}               | /ipFilter/allow
                    {"deny": []}                | /ipFilter/deny
                    {"deny": [5]}               | /ipFilter/deny/0
                    {"deny": [null]}            | /ipFilter/deny/0
                    {"allow": "10.0.0.0/8"}     | /ipFilter/allow
                    """)
    void anEmptyFilterIsRejected(String filter, String pointer) throws Exception {
        assertThat(violations(filter)).extracting(Violation::pointer).contains(pointer);
    }

    @Test
    void allViolationsAreReportedAtOnce() throws Exception {
        assertThat(violations("{\"allow\": [\"a\", \"b\"], \"deny\": [\"c\"], \"block\": []}"))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder(
                        "/ipFilter/allow/0", "/ipFilter/allow/1", "/ipFilter/deny/0", "/ipFilter/block");
    }

    private static List<Violation> violations(String filter) {
        return catchThrowableOfType(
                        InvalidSpecException.class,
                        () -> new DocumentCache(RouteSchema.SCHEMA)
                                .defaults(JSON.readTree("{\"ipFilter\": " + filter + "}")))
                .violations();
    }
}
