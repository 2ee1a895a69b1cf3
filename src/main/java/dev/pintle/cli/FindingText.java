package dev.pintle.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Formats findings of the lint for a terminal. */
final class FindingText {
    private FindingText() {}

    static boolean hasWarning(JsonNode findings) {
        for (JsonNode finding : findings) {
            if (finding.path("severity").asText().equals("warning")) {
                return true;
            }
        }
        return false;
    }

    static String of(JsonNode findings) {
        StringBuilder text = new StringBuilder();
        findings.forEach(finding -> {
            String subject = finding.path("route").isNull()
                    ? (finding.path("pointer").asText().isEmpty()
                            ? "defaults"
                            : finding.path("pointer").asText())
                    : "route " + finding.path("route").asText() + ' '
                            + finding.path("pointer").asText();
            text.append(PlainText.of(finding.path("severity").asText() + ' '
                            + finding.path("code").asText() + ": " + subject))
                    .append("\n  ")
                    .append(PlainText.of(finding.path("message").asText()))
                    .append("\n  ")
                    .append(PlainText.of(finding.path("remedy").asText()))
                    .append('\n');
        });
        return text.toString();
    }
}
