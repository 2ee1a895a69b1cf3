package dev.pintle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import net.sourceforge.argparse4j.inf.Namespace;
import org.junit.jupiter.api.Test;

/** The table of {@code pintle nodes}. */
class NodesCommandTest {
    private static final String NODE =
            "{\"id\": \"1-2\", \"state\": \"joining\", \"seen\": \"2026-11-30T12:00:00.5Z\"%s}";

    @Test
    void aNodeThatJoinsHasDashes() throws Exception {
        assertThat(text("{\"latest\": 7, \"nodes\": [" + NODE.formatted("") + "]}")
                        .lines())
                .containsExactly(
                        "latest revision 7",
                        "node  state    revision  source  digest  version  seen                  id",
                        "-     joining  -         -       -       -        2026-11-30T12:00:00Z  1-2");
    }

    @Test
    void rejectedDocumentsAreListedWithTheirReasons() throws Exception {
        String more =
                ", \"name\": \"a\", \"rejected\": [{\"kind\": \"route\", \"id\": \"users\", \"reason\": \"no certificate\"}]";

        assertThat(text("{\"latest\": 7, \"nodes\": [" + NODE.formatted(more) + "]}"))
                .endsWith("a rejects route users: no certificate\n");
    }

    @Test
    void anUnconfirmedRevisionIsAnnouncedWithItsGuard() throws Exception {
        String unconfirmed = "{\"latest\": 7, \"nodes\": [], \"unconfirmed\": {\"revision\": 7, \"revertsAt\":"
                + " \"2026-11-30T12:05:00Z\"%s}}";

        assertThat(text(unconfirmed.formatted("")))
                .endsWith("Revision 7 reverts at 2026-11-30T12:05:00Z unless it is confirmed.\n");
        assertThat(
                        text(
                                unconfirmed.formatted(
                                        ", \"guard\": \"5% failed\", \"since\": {\"failed\": 1, \"requests\": 40, \"p99\": \"20 ms\"}")))
                .endsWith("unless it is confirmed, or earlier by 5% failed: 1 of 40 requests failed, p99 20 ms.\n");
    }

    @Test
    void aRevertHasItsReason() throws Exception {
        assertThat(text(
                        "{\"latest\": 8, \"nodes\": [], \"reverted\": {\"by\": 8, \"revision\": 7, \"reason\": \"no operator"
                                + " confirmed it\"}}"))
                .endsWith("Revision 8 reverted revision 7: no operator confirmed it.\n");
    }

    private static String text(String answer) throws Exception {
        JsonNode json = new ObjectMapper().readTree(answer);
        return new NodesCommand(System.out, name -> null).text(json, null, new Namespace(Map.of()));
    }
}
