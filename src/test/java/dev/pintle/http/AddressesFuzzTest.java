package dev.pintle.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import inet.ipaddr.IPAddressString;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Addresses, and what only looks like some. */
class AddressesFuzzTest {
    @Property
    void whatIsReadHasOneFormWhichIsReadAsItself(@ForAll("nearlyAddresses") String text) {
        String form = CidrSet.canonical(text);
        if (form != null) {
            assertThat(form).matches("[0-9a-f:.]+(%.*)?");
            assertThat(CidrSet.canonical(form)).isEqualTo(form);
        }
    }

    @Property
    void anyTextIsAnAddressOrIsNone(@ForAll String text) {
        String form = CidrSet.canonical(text);
        assertThat(form == null || new IPAddressString(text).isValid()).isTrue();
        assertThat(CidrSet.of(List.of("10.0.0.0/8")).contains(text)).isEqualTo(form != null && form.startsWith("10."));
    }

    @Property
    void aTextIsABlockOrIsRefused(@ForAll("nearlyAddresses") String text) {
        if (CidrSet.isBlock(text)) {
            assertThat(CidrSet.of(List.of(text)).contains(text.replaceFirst("/.*", "")))
                    .isTrue();
        } else if (text.indexOf('%') < 0) {
            assertThatThrownBy(() -> CidrSet.of(List.of(text))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Property
    void aBlockHoldsTheAddressesThatBeginAsItDoes(
            @ForAll @Size(4) byte[] network, @ForAll @Size(4) byte[] address, @ForAll @IntRange(max = 32) int bits)
            throws UnknownHostException {
        CidrSet block = CidrSet.of(List.of(text(network) + '/' + bits));
        boolean same = bits == 0 || (number(network) ^ number(address)) >>> (32 - bits) == 0;
        assertThat(block.contains(text(address))).isEqualTo(same);
        assertThat(block.contains("::ffff:" + text(address))).isEqualTo(same);
    }

    private static String text(byte[] octets) throws UnknownHostException {
        return InetAddress.getByAddress(octets).getHostAddress();
    }

    private static int number(byte[] octets) {
        return ByteBuffer.wrap(octets).getInt();
    }

    @Provide
    Arbitrary<String> nearlyAddresses() {
        Arbitrary<String> pieces = Arbitraries.of(
                "1",
                "127",
                "255",
                "256",
                "0",
                "00",
                "0x7f",
                ".",
                ".",
                ".",
                ":",
                "::",
                "ffff",
                "g",
                "[",
                "]",
                "/8",
                "%1",
                "%lo",
                "*",
                "-",
                " ",
                ",",
                "\u0661",
                "127.0.0.1",
                "::1",
                "::ffff:");
        return pieces.list().ofMinSize(1).ofMaxSize(9).map(list -> String.join("", list));
    }
}
