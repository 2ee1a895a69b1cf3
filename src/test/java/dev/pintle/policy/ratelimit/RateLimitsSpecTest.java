package dev.pintle.policy.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.Violation;
import dev.pintle.routing.RouteSchema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitsSpecTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    [{}]                                                             | client
                    [{}, {"key": "route"}]                                           | client route
                    [{"key": "header:X-Api-Key"}, {"key": "header:A!b"}]             | header-x-api-key header-a-b
                    [{"name": "a"}, {"name": "b"}, {"name": "c"}, {"name": "d"}]     | a b c d
                    [{"name": "client"}, {"key": "route"}]                           | client route
                    """)
    void aLimitWithoutANameIsNamedAfterItsKey(String limits, String names) throws Exception {
        RateLimitsSpec spec = new DocumentCache(RouteSchema.SCHEMA)
                .defaults(JSON.readTree("{\"rateLimits\": " + limits + "}"))
                .settings()
                .get(RateLimitsType.TYPE);

        assertThat(spec.rateLimits()).extracting(RateLimitSpec::effectiveName).containsExactly(names.split(" "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                                                   | /rateLimits
                    []                                                   | /rateLimits
                    [{"name":"a"},{"name":"b"},{"name":"c"},{"name":"d"},{"name":"e"}] | /rateLimits
                    [{"name":"a"},{"name":"b"},{"name":"a"}]             | /rateLimits/2/name
                    [{}, {"requests": 5}]                                | /rateLimits/1/name
                    [{}, {"name": "client", "key": "route"}]             | /rateLimits/1/name
                    [{"key": "header:a!"}, {"key": "header:A-"}]         | /rateLimits/1/name
                    [{"name": ""}]                                       | /rateLimits/0/name
                    [{"name": "per client"}]                             | /rateLimits/0/name
                    [5]                                                  | /rateLimits/0
                    [null]                                               | /rateLimits/0
                    [{"permits": 5}]                                     | /rateLimits/0/permits
                    [{"requests": 0}]                                    | /rateLimits/0/requests
                    [{"per": "367d"}]                                    | /rateLimits/0/per
                    [{"burst": 0}]                                       | /rateLimits/0/burst
                    [{"key": "cookie:a"}]                                | /rateLimits/0/key
                    [{"onRedisFailure": "share"}]                        | /rateLimits/0/onRedisFailure
                    """)
    void anInvalidLimitIsReportedWithItsPointer(String limits, String pointer) throws Exception {
        assertThat(violations("{\"rateLimits\": " + limits + "}"))
                .extracting(Violation::pointer)
                .containsExactly(pointer);
    }

    @Test
    void theOldKeyIsUnknown() throws Exception {
        assertThat(violations("{\"rateLimit\": {}}"))
                .extracting(Violation::pointer)
                .containsExactly("/rateLimit");
    }

    private static List<Violation> violations(String defaults) throws Exception {
        try {
            new DocumentCache(RouteSchema.SCHEMA).defaults(JSON.readTree(defaults));
            return List.of();
        } catch (InvalidSpecException e) {
            return e.violations();
        }
    }
}
