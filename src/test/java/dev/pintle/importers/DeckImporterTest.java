package dev.pintle.importers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each setting of Kong has its counterpart in a route, or is reported as a loss. */
class DeckImporterTest {
    private static final String CLOSED = "[\"0.0.0.0/0\",\"::/0\"]";

    /** A plugin of a route, a pointer into the converted route, the value there, and a part of the reported losses. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name: rate-limiting, config: {second: 5}                                         | /rateLimits/0/key    | "consumer"                     | nothing
            name: rate-limiting, config: {day: 5, limit_by: service}                         | /rateLimits/0/key    | "route"                        | nothing
            name: rate-limiting, config: {month: 5, limit_by: header, header_name: x-team}   | /rateLimits/0/key    | "header:x-team"                | nothing
            name: rate-limiting, config: {second: 1, minute: 2, hour: 3, day: 4, year: 5}    | /rateLimits/3/name   | "per-day"                      | per-year was left out
            name: cors                                                                       | /cors                | {"origins":["*"]}              | nothing
            name: cors, config: {headers: [x-a], exposed_headers: [x-b]}                     | /cors/expose         | ["x-b"]                        | nothing
            name: cors, config: {credentials: true}                                          | /cors/credentials    | none                           | credentials for every origin
            name: cors, config: {origins: ["https://[ab].example"]}                          | /cors                | none                           | an origin is a regular expression
            name: ip-restriction, config: {whitelist: [10.0.0.0/8], blacklist: [10.1.0.0/16]} | /ipFilter           | {"allow":["10.0.0.0/8"],"deny":["10.1.0.0/16"]} | nothing
            name: key-auth, config: {key_in_header: false}                                   | /authentication/apiKey/from | ["query:apikey"]        | nothing
            name: key-auth, config: {anonymous: guest}                                       | /authentication/optional | true                       | nothing
            name: key-auth, config: {anonymous: ""}                                          | /authentication          | {"forwardCredentials":true,"anyOf":["apiKey"],"apiKey":{"from":["header:apikey","query:apikey"]}} | nothing
            name: acl, config: {whitelist: [gold]}                                           | /authorization/groups | ["gold"]                      | nothing
            name: acl, config: {deny: [gold]}                                                | /ipFilter/deny       | ["0.0.0.0/0","::/0"]           | deny has no counterpart
            name: acl, config: {blacklist: [gold]}                                           | /ipFilter/deny       | ["0.0.0.0/0","::/0"]           | deny has no counterpart
            name: request-size-limiting, config: {allowed_payload_size: 9, size_unit: bytes} | /maxRequestBody      | "9B"                           | nothing
            name: request-size-limiting, config: {size_unit: kilobytes}                      | /maxRequestBody      | "128KiB"                       | nothing
            name: request-termination, config: {body: "{}", content_type: text/css}          | /respond             | {"status":503,"body":"{}","headers":{"Content-Type":"text/css"}} | nothing
            name: prometheus                                                                 | /ipFilter            | none                           | nothing
            name: prometheus, config: {per_consumer: true, status_code_metrics: false}       | /ipFilter            | none                           | "per_consumer" has no counterpart
            name: http-log, enabled: false                                                   | /ipFilter            | none                           | nothing
            name: zipkin                                                                     | /ipFilter            | none                           | has no counterpart and was left out
            name: zipkin                                                                     | /ipFilter            | none                           | was left out. Nearest: tracing in config.yml
            name: openid-connect, config: {issuer: "https://i"}                              | /ipFilter/deny       | ["0.0.0.0/0","::/0"]           | the route was closed. Nearest: an identity provider and "jwt:ID"
            name: response-transformer, config: {remove: {headers: [x-a]}}                   | /headers/response    | {"remove":["x-a"]}             | nothing
            name: response-transformer, config: {append: {headers: ["x-a: b:{c}"]}}          | /headers/response    | {"add":{"x-a":"b:{{c}"}}       | nothing
            name: response-transformer, config: {append: {headers: ["x-a:1", "x-a:2"]}}      | /headers/response    | {"add":{"x-a":"1"}}            | "x-a:2" has no name or a second value
            name: response-transformer, config: {add: {headers: ["x-a:1"]}}                  | /headers             | none                           | config add: Kong sends these headers only where the upstream sent none
            name: response-transformer, config: {replace: {headers: ["x-a:1"]}}              | /headers             | none                           | headers.response.set always sets them
            name: response-transformer, config: {rename: {headers: ["x-a:x-b"]}}             | /headers             | none                           | but not rename
            name: response-transformer, config: {remove: {json: [a]}, add: {headers: [], json: []}} | /headers      | none                           | config remove: "json" has no counterpart
            name: bot-detection                                                              | /ipFilter/deny       | ["0.0.0.0/0","::/0"]           | may control access; the route was closed
            name: rate-limiting, consumer_group: gold, config: {minute: 5}                   | /rateLimits          | none                           | a plugin of one consumer has no counterpart and was left out
            name: acl, consumer: ada, config: {allow: [gold]}                                | /ipFilter/deny       | ["0.0.0.0/0","::/0"]           | may control access; the route was closed
            """)
    void aPluginBecomesAPolicyOrIsReported(String plugin, String pointer, String value, String loss) throws Exception {
        Conversion converted = deck("""
                services: [{name: s, url: "http://s.example", routes: [{name: a, paths: [/a], plugins: [{%s}]}]}]""".formatted(plugin));

        assertThat(converted.at(pointer)).isEqualTo(value);
        assertThat(converted.losses()).contains(loss);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            protocol: grpc, host: h                             | /upstream/protocol        | "h2c"     | nothing
            protocol: grpcs, host: h, port: 9000, path: /below/ | /upstream                 | {"targets":[{"url":"https://h:9000/below"}],"protocol":"h2"} | nothing
            url: "http://h"                                     | /enabled                  | none      | nothing
            url: "http://h", enabled: false                     | /enabled                  | false     | nothing
            url: "http://h", write_timeout: 7                   | /timeout                  | {"idle":"7ms"} | nothing
            url: "http://h", retries: 32767                     | /retry/max                | 10        | nothing
            url: "http://h", tags: [a], client_certificate: null, ca_certificates: [], tls_verify: false | /retry | none | nothing
            url: "http://two words"                             | /upstream                 | no route  | no host or a protocol other than HTTP
            url: "tcp://h:9"                                    | /upstream                 | no route  | no host or a protocol other than HTTP
            path: /x                                            | /upstream                 | no route  | no host or a protocol other than HTTP
            """)
    void aServiceBecomesAnUpstreamOrIsReported(String service, String pointer, String value, String loss)
            throws Exception {
        Conversion converted = deck("services: [{name: s, %s, routes: [{name: a, paths: [/a]}]}]".formatted(service));

        assertThat(converted.at(pointer)).isEqualTo(value);
        assertThat(converted.losses()).contains(loss);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            algorithm: least-connections                                                    | /loadBalancing            | "least-requests" | nothing
            algorithm: latency                                                              | /loadBalancing            | none             | algorithm latency has no counterpart
            algorithm: consistent-hashing, hash_on: ip                                      | /hashKey                  | "client"         | nothing
            algorithm: consistent-hashing, hash_on: cookie, hash_on_cookie: c               | /hashKey                  | "cookie:c"       | nothing
            algorithm: consistent-hashing                                                   | /hashKey                  | none             | hash_on has no counterpart
            targets: [{target: "t:1", weight: 65535}]                                       | /targets/0/weight         | 1000             | nothing
            healthchecks: {active: {healthy: {interval: 5}, unhealthy: {tcp_failures: 3}}}  | /healthCheck              | {"path":"/","interval":"5s","timeout":"1s","healthyAfter":2,"unhealthyAfter":3} | nothing
            healthchecks: {active: {healthy: {interval: 0}}}                                | /healthCheck              | none             | nothing
            healthchecks: {passive: {unhealthy: {http_failures: 0}}}                        | /outlierDetection         | none             | nothing
            """)
    void anUpstreamOfKongBecomesTargetsWithHealthChecks(String upstream, String pointer, String value, String loss)
            throws Exception {
        Conversion converted = deck("""
                upstreams: [{name: pool, %s}]
                services: [{name: s, url: "http://pool", routes: [{name: a, paths: [/a]}]}]""".formatted(upstream));

        assertThat(converted.at("/upstream" + pointer)).isEqualTo(value);
        assertThat(converted.losses()).contains(loss);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            name: a                                              | /match            | {"path":"/"}     | nothing
            name: a                                              | /rewrite          | none             | nothing
            name: a, paths: [/a/]                                | /match/path       | "/a"             | nothing
            paths: [/a], protocols: [grpc, ws]                   | /id               | "s"              | nothing
            name: a, paths: [/a], protocols: [https]             | /match/path       | "/a"             | it refuses plain HTTP
            name: a, paths: [/a], protocols: [tls]               | /match            | no route         | are not HTTP
            name: a, paths: [/a], headers: {x-a: [b, c]}         | /match            | no route         | has several values or a regular expression
            name: a, paths: [/a], headers: {x-a: ["~*b"]}        | /match            | no route         | has several values or a regular expression
            name: a, paths: [/a], headers: {x-a: b}              | /match/headers    | {"x-a":"b"}      | nothing
            name: a, paths: [/a], strip_path: false              | /rewrite          | none             | nothing
            name: a, paths: [/a], sources: [{ip: 10.0.0.1}]      | /match            | no route         | the condition sources has no counterpart
            name: "*", paths: [/a]                               | /id               | "root"           | nothing
            name: validate, paths: [/a]                          | /id               | "validate-133c8eb8" | nothing
            """)
    void aRouteOfKongBecomesAMatchOrIsReported(String route, String pointer, String value, String loss)
            throws Exception {
        Conversion converted = deck("services: [{name: s, url: \"http://h\", routes: [{%s}]}]".formatted(route));

        assertThat(converted.at(pointer)).isEqualTo(value);
        assertThat(converted.losses()).contains(loss);
    }

    /** Three plugins of one name: the closest to the route applies, wherever the file has it. */
    @Test
    void thePluginThatIsClosestToTheRouteApplies() throws Exception {
        Conversion converted = deck("""
                plugins:
                  - {name: request-size-limiting, config: {allowed_payload_size: 1}}
                  - {name: request-size-limiting, service: s, route: a, config: {allowed_payload_size: 3}}
                  - {name: request-size-limiting, service: other, config: {allowed_payload_size: 5}}
                services:
                  - name: s
                    url: "http://h"
                    plugins: [{name: request-size-limiting, config: {allowed_payload_size: 2}}]
                    routes: [{name: a, paths: [/a]}]""");

        assertThat(converted.at("/maxRequestBody")).isEqualTo("\"3MiB\"");
        assertThat(converted.losses()).isEqualTo("nothing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            config: {}           | config: {anonymous: guest}
            config: {anonymous: guest} | config: {}
            """)
    void twoRequiredMethodsOfAuthenticationCloseTheRoute(String first, String second) throws Exception {
        Conversion converted = deck("""
                services:
                  - name: s
                    url: "http://h"
                    routes: [{name: a, paths: [/a], plugins: [{name: key-auth, %s}, {name: basic-auth, %s}]}]""".formatted(first, second));

        assertThat(converted.at("/ipFilter/deny")).isEqualTo(CLOSED);
        assertThat(converted.losses()).contains("Kong requires it together with another method");
    }

    @Test
    void aGroupOfConsumersBecomesTheGroupOfEachMember() throws Exception {
        Conversion converted = deck("""
                consumers: [{username: ada, groups: [{name: gold}]}, {username: bob}]
                consumer_groups:
                  - name: gold
                    consumers: [{username: ada}, {username: bob}]
                    plugins: [{name: rate-limiting-advanced, config: {limit: [5], window_size: [60]}}]
                services: [{name: s, url: "http://h", routes: [{name: a, paths: [/a]}]}]""");

        assertThat(converted.imported().consumers())
                .extracting(consumer -> consumer.path("groups").toString())
                .containsExactly("[\"gold\"]", "[\"gold\"]");
        assertThat(converted.losses())
                .isEqualTo("plugin \"rate-limiting-advanced\": a plugin of one consumer has no counterpart and was left"
                        + " out. Nearest: the requests of a group of consumers, in groups of a limit in rateLimits");
        assertThat(converted.at("/ipFilter")).isEqualTo("none");
    }

    @Test
    void aPluginOfAGroupThatMayControlAccessClosesTheRoute() throws Exception {
        Conversion converted = deck("""
                consumer_groups: [{name: gold, plugins: [{name: request-termination}]}]
                services: [{name: s, url: "http://h", routes: [{name: a, paths: [/a]}]}]""");

        assertThat(converted.at("/ipFilter/deny")).isEqualTo(CLOSED);
    }

    @Test
    void anotherFormatIsRefusedWithTheKeysOfAFile() {
        assertThatThrownBy(() -> Conversion.of(new DeckImporter(), "openapi: 3.0.3"))
                .hasMessage("must be a decK file, with one of the keys _format_version, services, routes, upstreams,"
                        + " consumers, consumer_groups, plugins");
    }

    @Test
    void longAndEqualNamesGetDifferentIds() throws Exception {
        String name = "n".repeat(70);
        Conversion converted =
                deck("services: [{name: s, url: \"http://h\", routes: [%s, %s, {name: b}, {name: b}, {name: b}]}]"
                        .formatted("{name: " + name + ", paths: [/a]}", "{name: " + name + "x, paths: [/b]}"));

        assertThat(converted.ids().split(" "))
                .hasSize(5)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.length() <= 63);
    }

    private static Conversion deck(String yaml) throws Exception {
        return Conversion.of(new DeckImporter(), "_format_version: \"3.0\"\n" + yaml);
    }
}
