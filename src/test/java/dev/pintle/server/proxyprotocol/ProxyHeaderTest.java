package dev.pintle.server.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A PROXY header is read as its specification says, and anything else is refused at its first wrong byte. */
class ProxyHeaderTest {
    private static final String SIGNATURE = "0D0A0D0A000D0A515549540A";
    private static final String IPV4 = "CB007107 C0000201 DC04 01BB";
    private static final String IPV6 = "20010DB8000000000000000000000007 20010DB8000000000000000000000001 DC04 01BB";

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 203.0.113.7 192.0.2.1 56324 443, /203.0.113.7:56324, /192.0.2.1:443",
        "PROXY TCP4 255.255.255.255 0.0.0.0 0 65535, /255.255.255.255:0, /0.0.0.0:65535",
        "PROXY TCP6 2001:db8::7 2001:db8::1 56324 443, /[2001:db8:0:0:0:0:0:7]:56324, /[2001:db8:0:0:0:0:0:1]:443",
        "PROXY TCP6 ::ffff:203.0.113.7 ::1 1 2, /203.0.113.7:1, /[0:0:0:0:0:0:0:1]:2",
    })
    void version1NamesTheClient(String line, String source, String destination) throws Exception {
        ProxyHeader header = parse(ascii(line + "\r\nGET"));
        assertThat(header).isNotNull();
        assertThat(header.length()).isEqualTo(line.length() + 2);
        ProxyHeader.Addresses addresses = Objects.requireNonNull(header.addresses());
        assertThat(addresses.source()).hasToString(source);
        assertThat(addresses.destination()).hasToString(destination);
    }

    @ParameterizedTest
    @CsvSource({
        "11 000C, " + IPV4 + ", /203.0.113.7:56324",
        "21 0024, " + IPV6 + ", /[2001:db8:0:0:0:0:0:7]:56324",
        "11 0014, " + IPV4 + " EA 0002 0102 04 0000, /203.0.113.7:56324",
    })
    void version2NamesTheClientAndMayHaveFurtherValues(String fixed, String content, String source) throws Exception {
        ByteBuffer bytes = hex(SIGNATURE + "21" + fixed + content);
        ProxyHeader header = parse(bytes);
        assertThat(header).isNotNull();
        assertThat(header.length()).isEqualTo(bytes.limit());
        assertThat(Objects.requireNonNull(header.addresses()).source()).hasToString(source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY UNKNOWN", "PROXY UNKNOWN anything at all"})
    void version1MayNotKnowTheClient(String line) throws Exception {
        assertThat(parse(ascii(line + "\r\n"))).isEqualTo(new ProxyHeader(null, line.length() + 2));
    }

    @Test
    void theLongestLineOfVersion1Has107Bytes() throws Exception {
        String longest = "PROXY UNKNOWN " + "f".repeat(91);
        assertThat(parse(ascii(longest + "\r\n"))).isEqualTo(new ProxyHeader(null, 107));
        assertThatThrownBy(() -> parse(ascii(longest + "f\r\n"))).hasMessageContaining("longer than 107 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"20 00 0000", "20 11 000C " + IPV4, "20 FF 0003 010203", "21 00 0000", "21 00 0002 FFFF"})
    void localConnectionsAndUnspecifiedFamiliesNameNoClient(String rest) throws Exception {
        ByteBuffer bytes = hex(SIGNATURE + rest);
        assertThat(parse(bytes)).isEqualTo(new ProxyHeader(null, bytes.limit()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1",
                "PROXY\tTCP4",
                "proxy TCP4",
                "\r\n\r\nPROXY",
                "PROXY TCP4 203.0.113.7 192.0.2.1 56324 443\n",
                "PROXY TCP4  203.0.113.7 192.0.2.1 56324 443\r\n",
                "PROXY TCP4 203.0.113.7 192.0.2.1 56324 443 \r\n",
                "PROXY TCP4 203.0.113.7 192.0.2.1 56324\r\n",
                "PROXY TCP4 203.0.113.7 192.0.2.1 0443 443\r\n",
                "PROXY TCP4 203.0.113.7 192.0.2.1 65536 443\r\n",
                "PROXY TCP4 203.0.113.256 192.0.2.1 1 2\r\n",
                "PROXY TCP4 203.0.113 192.0.2.1 1 2\r\n",
                "PROXY TCP4 2001:db8::7 2001:db8::1 1 2\r\n",
                "PROXY TCP6 203.0.113.7 192.0.2.1 1 2\r\n",
                "PROXY TCP6 2001:db8::7%eth0 2001:db8::1 1 2\r\n",
                "PROXY TCP6 1:2 ::1 1 2\r\n",
                "PROXY UDP4 203.0.113.7 192.0.2.1 1 2\r\n",
                "PROXY UNKNOWNS\r\n",
                "PROXY \r\n",
            })
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> parse(ascii(text))).isInstanceOf(MalformedProxyHeaderException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11 11 000C " + IPV4,
                "22 11 000C " + IPV4,
                "21 12 000C " + IPV4,
                "21 22 0024 " + IPV6,
                "21 31 0000",
                "21 11 0000",
                "21 11 000B CB007107 C0000201 DC04 01",
                "21 21 000C " + IPV4,
                "21 11 000D " + IPV4 + "01",
                "21 11 000F " + IPV4 + "01 0001",
                "21 11 0FF1",
                "21 11 FFFF",
            })
    void otherHeadersOfVersion2AreRefused(String rest) {
        assertThatThrownBy(() -> parse(hex(SIGNATURE + rest))).isInstanceOf(MalformedProxyHeaderException.class);
    }

    @Test
    void everyBeginningOfAHeaderIsIncomplete() throws Exception {
        for (ByteBuffer whole : new ByteBuffer[] {
            ascii("PROXY TCP4 203.0.113.7 192.0.2.1 56324 443\r\n"), hex(SIGNATURE + "21 11 000C " + IPV4)
        }) {
            for (int i = 0; i < whole.limit(); i++) {
                assertThat(parse(whole.slice(0, i))).isNull();
            }
            assertThat(parse(whole)).isNotNull();
        }
    }

    private static ProxyHeader parse(ByteBuffer bytes) throws MalformedProxyHeaderException {
        return ProxyHeader.parse(bytes);
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static ByteBuffer hex(String digits) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits.replace(" ", "").toLowerCase(Locale.ROOT)));
    }
}
