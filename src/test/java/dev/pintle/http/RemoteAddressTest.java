package dev.pintle.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A peer has one text, which names its network. */
class RemoteAddressTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            203.0.113.7                    | 203.0.113.7   | 203.0.113.7
            [2001:db8:0:0:0:0:0:7]         | 2001:db8::7   | 2001:db8:0:0::/64
            2001:DB8:0000:0:0:0:0:0007     | 2001:db8::7   | 2001:db8:0:0::/64
            [0:0:0:0:0:0:0:1]              | ::1           | 0:0:0:0::/64
            [fe80:0:0:0:0:0:0:7%eth0]      | fe80::7       | fe80:0:0:0::/64
            fe80:0:0:0:0:0:0:7%2           | fe80::7       | fe80:0:0:0::/64
            [::ffff:203.0.113.7]           | 203.0.113.7   | 203.0.113.7
            0:0:0:0:0:ffff:cb00:7107       | 203.0.113.7   | 203.0.113.7
            localhost                      | localhost     | localhost
            [x:y]                          | [x:y]         | [x:y]
            """)
    void everyFormOfAnAddressBecomesOne(String reported, String canonical, String network) {
        assertThat(RemoteAddress.canonical(reported)).isEqualTo(canonical);
        assertThat(ClientNetwork.of(canonical).text()).isEqualTo(network);
    }
}
