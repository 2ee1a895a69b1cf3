package dev.pintle.importers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each predicate and filter of Spring Cloud Gateway has its counterpart in a route, or is reported as a loss. */
class SpringCloudGatewayImporterTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "SetRequestHeader=X-A, {b} {c}"            | /headers/request/set      | {"X-A":"{path.b} {{c}"}   | nothing
            AddRequestHeader=X-A                       | /headers/request/add      | {"X-A":""}                | nothing
            "AddResponseHeader=X-A, 1, 2"              | /headers/response/add     | {"X-A":"1,2"}             | nothing
            "SetResponseHeader=X-A, 1"                 | /headers/response/set     | {"X-A":"1"}               | nothing
            RemoveResponseHeader=X-A                   | /headers/response/remove  | ["X-A"]                   | nothing
            RemoveRequestParameter=a                   | /rewrite/query/remove     | ["a"]                     | nothing
            PreserveHostHeader                         | /rewrite/preserveHost     | true                      | nothing
            SetRequestHostHeader=h.example             | /rewrite/host             | "h.example"               | nothing
            RequestSize=5000                           | /maxRequestBody           | "5000B"                   | nothing
            RequestSize=5KB                            | /maxRequestBody           | "5KiB"                    | nothing
            "RedirectTo=https, https://h.example/"     | /redirect/status          | 302                       | nothing
            "RedirectTo=302, http://h.example/"        | /ipFilter/deny            | ["0.0.0.0/0","::/0"]      | leads to no https URL; the route was closed
            Retry                                      | /retry                    | {"max":3,"on":["connect","reset","timeout","500","502","503","504"],"methods":["GET"]} | nothing
            {name: Retry, args: {retries: 99, statuses: [BAD_GATEWAY, CREATED], methods: [GET, PUT]}} | /retry | {"max":10,"on":["connect","reset","timeout","500","502","503","504"],"methods":["GET","PUT"]} | the status CREATED has no counterpart
            {name: Retry, args: {series: [CLIENT_ERROR], statuses: [TOO_MANY_REQUESTS]}} | /retry/on | ["connect","reset","timeout","429"] | the series CLIENT_ERROR has no counterpart
            "CircuitBreaker=name"                      | /circuitBreaker/consecutiveFailures | 5               | nothing
            {name: CircuitBreaker, args: {name: a, fallbackUri: "forward:/b"}} | /circuitBreaker/consecutiveFailures | 5 | has a fallback
            {name: RequestRateLimiter, args: {key-resolver: "#{@user}"}} | /rateLimits/0 | {"requests":1,"per":"1s","burst":1,"key":"client"} | has a key resolver in code
            PrefixPath=/b                              | /rewrite/prefix           | "/b"                      | nothing
            DedupeResponseHeader=X-A                   | /ipFilter                 | none                      | has no counterpart and was left out
            CheckBadge                                 | /ipFilter/deny            | ["0.0.0.0/0","::/0"]      | may control access; the route was closed
            SetPath=/b                                 | /match                    | no route                  | the filter SetPath[/b] has no counterpart; the route was left out
            """)
    void aFilterBecomesAPolicyOrIsReported(String filter, String pointer, String value, String loss) throws Exception {
        assertConverted("""
                {id: a, uri: "http://h.example", predicates: ["Path=/a/{b}"], filters: [%s]}""".formatted(filter), pointer, value, loss);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "Query=a"                                        | /match                | {"path":"/","query":{"a":"*"}} | nothing
            Path=/a/*/b                                      | /match/template       | "/a/{any}/b"        | nothing
            "Path=/a/{*rest}"                                | /match/path           | "/a"                | nothing
            "Path=/a/{1}/{user-id}"                          | /match/template       | "/a/{p1}/{user_id}" | nothing
            {name: Path, args: {pattern: /a, matchTrailingSlash: true}} | /match     | {"path":"/a","exact":true} | nothing
            "Path=/a?"                                       | /match                | no route            | the path pattern /a? has no counterpart
            "Path=/a:b"                                      | /match                | no route            | the path pattern /a:b has no counterpart
            "Path=/a/{b}c"                                   | /match                | no route            | has no counterpart and was left out
            "Path=/a b"                                      | /match                | no route            | has no counterpart and was left out
            Path=/a, Method=GET                              | /match/methods        | ["GET"]             | nothing
            Path=/a, Method                                  | /match                | no route            | the predicate Method[]
            Path=/a, "Host=h.example:8080"                   | /match/hosts          | ["h.example:8080"]  | nothing
            Path=/a, "Host={tenant}.example"                 | /match                | no route            | the predicate Host[{tenant}.example]
            Path=/a, Host=a.example, Host=b.example          | /match                | no route            | the predicate Host[b.example]
            Path=/a, "Header=X-A, .+"                        | /match/headers        | {"X-A":"*"}         | nothing
            Path=/a, "Query=a, .*"                           | /match/query          | {"a":"*"}           | nothing
            Path=/a, 'Header=X-A, \\d+'                      | /match                | no route            | the predicate Header[X-A, \\d+]
            Path=/a, "Header=X-A, 1", "Header=X-A, 2"        | /match                | no route            | the predicate Header[X-A, 2]
            Path=/a, Header                                  | /match                | no route            | the predicate Header[]
            Path=/a, {name: Query, args: {param: a, regexp: b}} | /match/query       | {"a":"b"}           | nothing
            Path=/a, {name: Query, args: {regexp: b}}        | /match                | no route            | the predicate Query[b]
            """)
    void aPredicateBecomesAConditionOrIsReported(String predicates, String pointer, String value, String loss)
            throws Exception {
        assertConverted(
                "{id: a, uri: \"http://h.example\", predicates: [%s]}".formatted(predicates), pointer, value, loss);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            uri: "wss://h.example/x"                                               | /upstream/targets/0/url | "https://h.example" | nothing
            uri: "lb://h"                                                          | /upstream/targets/0/url | "http://h"          | names a service of a registry
            uri: "no://op"                                                         | /respond/status         | 200                 | nothing
            uri: "forward:///a"                                                    | /match                  | no route            | is no address of an upstream
            uri: h.example                                                         | /match                  | no route            | is no address of an upstream
            uri: "http://h", filters: [StripPrefix=0]                              | /rewrite                | none                | nothing
            uri: "http://h", filters: [StripPrefix=x]                              | /rewrite/prefix         | "/b"                | nothing
            uri: "http://h", filters: [StripPrefix=2]                              | /rewrite                | {"stripPrefix":true} | nothing
            uri: "http://h", filters: [StripPrefix=3]                              | /match                  | no route            | the filter StripPrefix[3]
            uri: "http://h", filters: ['RewritePath=/a/b/?(?<rest>.*), /$\\{rest}']  | /rewrite              | {"stripPrefix":true} | nothing
            uri: "http://h", filters: ['RewritePath=/a/?(?<rest>.*), /$\\{rest}']    | /match                | no route            | the filter RewritePath
            uri: "http://h", filters: ['RewritePath=/a/b/(.*), /$1']               | /match                  | no route            | the filter RewritePath
            uri: "http://h", filters: ['RewritePath=/a/b/?(?<rest>.*), /c']        | /match                  | no route            | the filter RewritePath
            uri: "http://h", order: 1                                              | /match/path             | "/a/b"              | order has no counterpart
            uri: "http://h", enabled: false                                        | /enabled                | false               | nothing
            uri: "http://h", metadata: {response-timeout: 100}                     | /timeout                | {"attempt":"100ms","total":"30000ms"} | nothing
            uri: "http://h", metadata: {connect-timeout: 100}                      | /timeout                | {"connect":"100ms"} | nothing
            uri: "http://h", metadata: {owner: ada}                                | /timeout                | none                | nothing
            """)
    void anAddressAndThePathFiltersBecomeTheUpstream(String route, String pointer, String value, String loss)
            throws Exception {
        assertConverted("{id: a, predicates: [Path=/a/b/**], %s}".formatted(route), pointer, value, loss);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'RewritePath=/a/?(?<rest>.*), /$\\{rest}' | the filter RewritePath
            StripPrefix=2                             | the filter StripPrefix[2]
            """)
    void aPathFilterThatNeedsAParameterIsReported(String filter, String loss) throws Exception {
        assertConverted(
                "{id: a, uri: \"http://h\", predicates: [\"Path=/a/{b}\"], filters: [%s]}".formatted(filter),
                "/match",
                "no route",
                loss);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {spring.cloud.gateway.server.webmvc: {routes: [%s]}}
            {spring.cloud: {gateway.mvc: {routes: [%s]}}}
            {spring: {cloud: {gateway: {routes: [%s], httpclient: {}, default-filters: []}}}}
            {spring: {cloud.bus: {}, cloud.gateway: {routes: [%s]}}}
            """)
    void routesAreFoundWithDotsAtAnyLevel(String document) throws Exception {
        Conversion converted = Conversion.of(
                new SpringCloudGatewayImporter(),
                document.formatted("{id: a, uri: \"http://h\", predicates: [Path=/a]}"));

        assertThat(converted.at("/match/path")).isEqualTo("\"/a\"");
        assertThat(converted.losses()).isEqualTo("nothing");
    }

    private static void assertConverted(String route, String pointer, String value, String loss) throws Exception {
        Conversion converted = Conversion.of(
                new SpringCloudGatewayImporter(), "{spring.cloud.gateway: {routes: [%s]}}".formatted(route));

        assertThat(converted.at(pointer)).isEqualTo(value);
        assertThat(converted.losses()).contains(loss);
    }
}
