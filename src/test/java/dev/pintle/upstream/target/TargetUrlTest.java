package dev.pintle.upstream.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:5001",
                "https://api.example.com",
                "HTTP://LOCALHOST",
                "http://127.0.0.1:65535",
                "http://[::1]:8080",
                "http://host/",
                "http://host/base/path",
                "http://host/__health",
                "http://my_service:8080",
                "http://_srv.internal/",
                "http://host.example.com.:80",
                "http://xn--bcher-kva.example",
                "http://1password",
                "http://[::ffff:10.0.0.1]"
            })
    void aUrlNamesAHostAndOptionallyAPortAndAPath(String url) {
        assertThat(TargetUrl.fault(url)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    ftp://host             | http:// or https://
                    host:5001              | http:// or https://
                    //host                 | http:// or https://
                    ``                     | http:// or https://
                    http://me:secret@host  | user or password
                    http://me@host         | user or password
                    http://host?a=b        | query
                    http://host/#top       | fragment
                    http:///path           | host
                    http://:80             | host
                    http://                | host
                    http://-a              | host
                    http://a..b            | host
                    http://...             | host
                    http://bücher.example  | host
                    http://a%41            | host
                    http://999999999999/   | IPv4
                    http://1.2.3           | IPv4
                    http://1.2.3.256       | IPv4
                    http://1.2.3.04        | IPv4
                    http://1.2.3.4.        | IPv4
                    http://0x7f000001      | IPv4
                    http://a.0x1           | IPv4
                    http://[::1%25lo]      | IPv6
                    http://[::1%lo]        | IPv6
                    http://[fe80::1%1]:80  | IPv6
                    http://[1.2.3.4]       | IPv6
                    http://[]              | IPv6
                    http://[:::1]          | IPv6
                    http://[v1.fe]         | IPv6
                    http://[::1            | host
                    http://[::1]x          | host
                    http://host:0          | 1 to 65535
                    http://host:65536      | 1 to 65535
                    http://host:99999999999 | 1 to 65535
                    http://host:abc        | 1 to 65535
                    http://a b             | host
                    http://host/a%2fb      | path
                    http://host/a/../b     | path
                    """)
    void anyOtherUrlIsRefusedWithTheRemedy(String url, String hint) {
        assertThat(TargetUrl.fault(url))
                .hasValueSatisfying(fault -> assertThat(fault).contains(hint).doesNotContain("secret"));
    }
}
