package dev.pintle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrSetTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "10.1.2.3, 10.1.2.3, true",
        "10.1.2.3, 10.1.2.4, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::1, 0:0:0:0:0:0:0:1, true",
        "2001:0db8::/32, 2001:db8::1, true",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "fe80::/10, fe80::1%eth0, true"
    })
    void aBlockHoldsItsAddresses(String block, String address, boolean holds) {
        assertThat(CidrSet.of(List.of(block)).contains(address)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "localhost", "10.1.2", "10", "0x0a010203", "10.1.2.3:80", "10.0.0.0/8", "unknown"})
    void whatIsNoAddressIsInNoBlock(String text) {
        assertThat(CidrSet.of(List.of("0.0.0.0/0", "::/0")).contains(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3, 10.1.2.3", "0:0:0:0:0:0:0:1, ::1", "2001:DB8:0::1, 2001:db8::1", "::ffff:10.1.2.3, 10.1.2.3"
    })
    void everyWayToWriteAnAddressComesToOneForm(String written, String canonical) {
        assertThat(CidrSet.canonical(written)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "*", "unknown", "10.0.0.0/8", "10.1.2.3:80", "1-5.2.3.4", "[::1]", "010.1.2.3", "10.1.2.3 "})
    void whatIsNoAddressHasNoForm(String text) {
        assertThat(CidrSet.canonical(text)).isNull();
    }

    @Test
    void noBlocksHoldNothing() {
        assertThat(CidrSet.of(List.of()).contains("127.0.0.1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "localhost",
                "10.0.0.0/33",
                "10.0",
                "10",
                "1.2.3.4-5",
                "::1/129",
                "10.0.0.0/255.0.0.0",
                "10.*.*.*",
                "/8",
                "/81",
                " /8",
                "/",
                "/::",
                "::/",
                "10.0.0.0/",
                "010.0.0.0/8",
                "10.0.0.0/08",
                "0b1010.0.0.0/8",
                "10.0.0.0/8 ",
                "::ffff:010.0.0.1",
                "10.0.0.00",
                "2001:db8::/032"
            })
    void whatIsNoBlockIsRefusedByItsText(String block) {
        assertThatThrownBy(() -> CidrSet.of(List.of("127.0.0.1", block)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining('"' + block + '"')
                .hasMessageContaining("10.0.0.0/8");
    }
}
