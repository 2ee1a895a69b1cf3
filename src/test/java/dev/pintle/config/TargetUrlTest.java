package dev.pintle.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
                "http://host/__health"
            })
    void httpAndHttpsWithAHostAndPerhapsAPathAreFine(String url) {
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
                    http://my_host         | host
                    http://host:0          | 1 to 65535
                    http://host:65536      | 1 to 65535
                    http://host:99999999999 | 1 to 65535
                    http://host:abc        | 1 to 65535
                    http://a b             | character
                    http://host/a%2fb      | path
                    http://host/a/../b     | path
                    """)
    void anyOtherIsRefusedWithTheReason(String url, String hint) {
        assertThat(TargetUrl.fault(url))
                .hasValueSatisfying(fault -> assertThat(fault).contains(hint).doesNotContain("secret"));
    }

    @Test
    void whatIsNotThereHasNoFault() {
        assertThat(TargetUrl.fault(null)).isEmpty();
    }
}
