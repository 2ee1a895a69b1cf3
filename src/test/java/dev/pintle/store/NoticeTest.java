package dev.pintle.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notifications of this and earlier versions, and of anyone else, are understood. */
class NoticeTest {
    @ParameterizedTest
    @CsvSource({
        "17, 17, false, false, false",
        "17 report, 17, true, false, false",
        "17|18 report|reported, 18, true, true, false",
        "18 report|19, 19, true, false, false",
        "report, , true, false, false",
        "overrides|17, 17, false, false, true",
        "17 reports, , false, false, true",
        "99999999999999999999, , false, false, true",
        "reporter|credentials, , false, false, true"
    })
    void aBatchSaysWhatToDo(String texts, Long revision, boolean asked, boolean reported, boolean other) {
        assertThat(Notice.of(List.of(texts.split("\\|")))).isEqualTo(new Notice(revision, asked, reported, other));
    }
}
