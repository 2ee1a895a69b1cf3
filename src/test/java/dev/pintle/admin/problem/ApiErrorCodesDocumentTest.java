package dev.pintle.admin.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference of the admin API lists every code of its problems, with its status and a remedy. */
class ApiErrorCodesDocumentTest {
    private static final Pattern ROW = Pattern.compile("\\| `(?<code>[a-z-]+)` \\| (?<status>[0-9]{3}) \\| \\S.* \\|");

    @Test
    void theTableOfErrorsEqualsTheCodes() throws Exception {
        String section = Files.readString(Path.of("docs/reference/admin-api.md"))
                .split("\n## Errors\n", 2)[1]
                .split("\n## ", 2)[0];
        List<String> rows = ROW.matcher(section)
                .results()
                .map(row -> row.group("code") + ' ' + row.group("status"))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(ApiErrorCode.values())
                        .map(code -> code.code() + ' ' + code.status())
                        .toList());
    }
}
