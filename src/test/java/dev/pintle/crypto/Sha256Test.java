package dev.pintle.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Sha256Test {
    @ParameterizedTest
    @CsvSource({
        "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ü, 607474ca475a9724d7360aba71a56d5df77e61350e3f724cfa1f46e857e2d85f"
    })
    void theDigestOfATextIsThatOfItsUtf8Bytes(String text, String hex) {
        assertThat(Sha256.hex(text)).isEqualTo(hex);
    }

    @Test
    void aDigestHas32Bytes() {
        assertThat(Sha256.digest("abc")).hasSize(Sha256.BYTES);
    }
}
