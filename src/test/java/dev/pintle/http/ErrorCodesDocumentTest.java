package dev.pintle.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference explains every error code. */
class ErrorCodesDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/reference/errors.md");

    @Test
    void everyCodeHasASectionAndNoOther() throws Exception {
        List<String> sections = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
        assertThat(sections)
                .containsExactlyElementsOf(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::text).toList());
    }

    @ParameterizedTest
    @EnumSource
    void aSectionSaysTheStatusWhatToLookAtAndWhatToDo(ErrorCode code) throws Exception {
        String section = Files.readString(DOCUMENT)
                .split("## " + code.text() + "\n", -1)[1]
                .split("\n## ", -1)[0];
        assertThat(section)
                .startsWith("\n" + code.status())
                .contains("- **Look at** ")
                .contains("- **Do** ");
    }
}
