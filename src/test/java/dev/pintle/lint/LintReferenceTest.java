package dev.pintle.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LintReferenceTest {
    private static final Path PAGE = Path.of("docs/reference/lint.md");

    private static final String INTRODUCTION = """
            # Lint rules

            For operators who write routes: the rules that find valid routes that are probably not meant. This page is generated;
            `make reference` writes it again.

            Each finding has a `code`, a `severity`, the `route`, a `pointer` to the setting, a `message` and a `remedy`. The admin API
            reports findings in these places:

            | call | findings |
            |---|---|
            | `GET /api/v1/lint`, `bin/pintle lint` | those of all enabled routes |
            | any write | the header `Pintle-Lint` has the number of findings of the written documents, and of routes that they affect |
            | `POST /api/v1/routes/validate`, `?dryRun=true` | the same findings, as the list `lint` |
            | any write with `?strict=true` | 422 `lint` when one is a warning; nothing is written |

            A route accepts a finding with its reason: `"lint": {"accept": {"retry-unsafe": "our POST is idempotent"}}`. Accepted findings
            are not reported.

            """;

    /** {@code make reference} sets the property: then the test writes the page. */
    @Test
    void thePageDescribesEveryRule() throws IOException {
        if (Boolean.getBoolean("pintle.reference.write")) {
            Files.writeString(PAGE, page());
        }

        assertThat(PAGE)
                .as("%s is stale: run `make reference` and commit the page", PAGE)
                .hasContent(page());
    }

    private static String page() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        page.append("| code | severity | finding | remedy |\n|---|---|---|---|\n");
        LintRules.all()
                .forEach(rule -> page.append("| `")
                        .append(rule.code())
                        .append("` | ")
                        .append(rule.severity().word())
                        .append(" | ")
                        .append(rule.meaning())
                        .append(" | ")
                        .append(rule.remedy())
                        .append(" |\n"));
        return page.toString();
    }
}
