package dev.pintle.soak;

import dev.pintle.testing.RawUpstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Attacks a gateway with slow connections of Debian's {@code slowhttptest}, and prints the results for the attack and
 * for simultaneous valid requests.
 */
public final class SlowHttp {
    private static final int CONNECTIONS = 300;
    private static final int SECONDS = 40;

    /** The output of the tool, without colors. */
    private static final Pattern TOLD =
            Pattern.compile("(service available|Test ended on|Exit status)[: ]+(\\S.*?) *$");

    private static final Map<String, List<String>> ATTACKS = new LinkedHashMap<>();

    static {
        ATTACKS.put("slow heads", List.of("-H", "-i", "5", "-x", "8"));
        ATTACKS.put("slow bodies", List.of("-B", "-i", "5", "-s", "8192", "-x", "8"));
        ATTACKS.put("slow reads", List.of("-X", "-n", "5", "-w", "16", "-y", "32", "-z", "8", "-k", "3"));
    }

    private SlowHttp() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("| attack | ended | reason | the tool could still connect | valid requests |");
        System.out.println("|---|---|---|---|---|");
        for (Map.Entry<String, List<String>> attack : ATTACKS.entrySet()) {
            try (DrillSite site = DrillSite.with("256m")) {
                site.gateway().route("x", "/x", "", site.upstream(RawUpstream.answers(200, "x".repeat(200_000))));
                site.gateway().route("good", "/good", "", site.healthy("hello"));
                ClientRequest request = site.get("/good", "hello");
                Load load = site.keep(Load.of(20, 2, () -> request));
                ClientResults beside = load.resetCounts();
                Map<String, String> told = attack(site.gateway().port(), attack.getValue());
                System.out.println("| %d × %s | %s | %s | %s | %s |"
                        .formatted(
                                CONNECTIONS,
                                attack.getKey(),
                                told.get("Test ended on"),
                                told.get("Exit status"),
                                told.get("service available"),
                                beside.failures()));
            }
        }
    }

    /** Returns the last value that the tool printed. */
    private static Map<String, String> attack(int port, List<String> how) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("slowhttptest"));
        command.addAll(how);
        command.addAll(List.of("-c", "" + CONNECTIONS, "-r", "100", "-l", "" + SECONDS, "-p", "3"));
        command.addAll(List.of("-u", "http://127.0.0.1:" + port + "/x"));
        Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
        Map<String, String> told = new LinkedHashMap<>();
        try (BufferedReader lines = tool.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher word = TOLD.matcher(line.replaceAll("\u001b\\[[0-9;]*[A-Za-z]", ""));
                if (word.find()) {
                    told.put(word.group(1), word.group(2));
                }
            }
        }
        tool.waitFor();
        return told;
    }
}
