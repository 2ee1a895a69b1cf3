package dev.pintle.routing.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

class DocumentSumTest {
    private static final JsonNode ONE = JsonNodeFactory.instance.objectNode().put("a", 1);
    private static final JsonNode TWO = JsonNodeFactory.instance.objectNode().put("a", 2);

    @Test
    void theSameDocumentsHaveTheSameSumByEveryPath() {
        DocumentSum both = DocumentSum.EMPTY.plus("x", ONE).plus("y", TWO);

        assertThat(both.hex())
                .matches("[0-9a-f]{64}")
                .isEqualTo(DocumentSum.EMPTY.plus("y", TWO).plus("x", ONE).hex())
                .isEqualTo(both.plus("z", ONE).minus("z", ONE).hex())
                .isEqualTo(DocumentSum.EMPTY
                        .plus("x", TWO)
                        .plus("y", TWO)
                        .minus("x", TWO)
                        .plus("x", ONE)
                        .hex());
        assertThat(both.minus("x", ONE).minus("y", TWO).hex()).isEqualTo("0".repeat(64));
    }

    @Test
    void namesAndTextsCount() {
        assertThat(DocumentSum.EMPTY.plus("x", ONE).hex())
                .isNotEqualTo(DocumentSum.EMPTY.plus("y", ONE).hex())
                .isNotEqualTo(DocumentSum.EMPTY.plus("x", TWO).hex());
    }
}
