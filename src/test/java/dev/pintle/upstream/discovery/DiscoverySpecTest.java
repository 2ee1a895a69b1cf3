package dev.pintle.upstream.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pintle.config.DocumentCache;
import dev.pintle.config.InvalidSpecException;
import dev.pintle.config.Violation;
import dev.pintle.routing.RouteSchema;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoverySpecTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                            | /targets         | is missing; name at least one
            {"discovery": {"port": 80}}                                                   | /discovery/dns   | is missing
            {"discovery": {"dns": "10.0.0.1", "port": 80}}                                | /discovery/dns   | must be a DNS name
            {"discovery": {"dns": "http://users", "port": 80}}                            | /discovery/dns   | must be a DNS name
            {"discovery": {"dns": "users"}}                                               | /discovery/port  | is missing; only SRV
            {"discovery": {"dns": "users", "port": 0}}                                    | /discovery/port  | 1
            {"discovery": {"dns": "users", "port": 80, "type": "SRV"}}                    | /discovery/port  | applies only to A and AAAA
            {"discovery": {"dns": "users", "port": 80, "type": "a"}}                      | /discovery/type  | must be A, AAAA or SRV
            {"discovery": {"dns": "users", "port": 80, "scheme": "tcp"}}                  | /discovery/scheme | http
            {"discovery": {"dns": "users", "port": 80}, "targets": [{"url": "http://a"}]} | /discovery       | remove "targets" or "discovery"
            {"discovery": {"dns": "users", "port": 80}, "tls": {}}                        | /tls             | needs "scheme": "https"
            {"discovery": {"dns": "users", "port": 80}, "protocol": "h2"}                 | /protocol        | needs targets that begin with https
            {"discovery": {"dns": "users", "port": 80, "scheme": "https"}, "protocol": "h2c"} | /protocol    | needs targets that begin with http
            """)
    void aFaultHasItsPlaceAndItsRemedy(String upstream, String pointer, String message) throws Exception {
        List<Violation> faults = faults(upstream);
        assertThat(faults).extracting(Violation::pointer).containsExactly("/upstream" + pointer);
        assertThat(faults.getFirst().message()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"discovery\": {\"dns\": \"users\", \"port\": 80}}",
                "{\"discovery\": {\"dns\": \"users.internal.\", \"port\": 80, \"type\": \"AAAA\"}}",
                "{\"discovery\": {\"dns\": \"_http._tcp.users.internal\", \"type\": \"SRV\"}}",
                "{\"discovery\": {\"dns\": \"users\", \"port\": 80, \"scheme\": \"https\"}, \"protocol\": \"h2\", \"tls\": {}}"
            })
    void aDiscoveryIsValid(String upstream) throws Exception {
        assertThat(faults(upstream)).isEmpty();
    }

    private static List<Violation> faults(String upstream) throws JsonProcessingException {
        ObjectNode route = (ObjectNode)
                JSON.readTree("{\"id\": \"users\", \"match\": {\"path\": \"/users\"}, \"upstream\": " + upstream + "}");
        try {
            new DocumentCache(RouteSchema.SCHEMA).route(route);
            return List.of();
        } catch (InvalidSpecException e) {
            return e.violations();
        }
    }
}
