package dev.pintle.conformance;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A request as the upstream received it.
 *
 * @param complete whether it is complete
 * @param faults violations that the gateway must never send
 */
record ObservedRequest(
        String line, List<RawField> fields, ContentReader content, boolean complete, List<String> faults) {
    private static final Pattern LINE = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ [!-~]+ HTTP/1\\.1");

    /** Reads the head of a request without its content. */
    static ObservedRequest head(InputStream in) throws IOException {
        List<String> faults = new ArrayList<>();
        List<String> lines;
        try {
            lines = ContentReader.lines(in);
        } catch (EOFException e) {
            return new ObservedRequest("", List.of(), ContentReader.NONE, false, faults);
        }
        String line = lines.isEmpty() ? "" : lines.getFirst();
        if (!LINE.matcher(line).matches()) {
            faults.add("no request line: " + OutputFaults.visible(line));
        }
        List<RawField> fields = RawField.read(lines.subList(Math.min(1, lines.size()), lines.size()), faults);
        if (RawField.values(fields, "Host").size() != 1) {
            faults.add("not one Host: " + RawField.values(fields, "Host"));
        }
        return new ObservedRequest(line, fields, ContentReader.NONE, false, faults);
    }

    /** Reads the content as far as it arrives. */
    ObservedRequest withContent(InputStream in) {
        try {
            ContentReader read = content(in);
            List<String> all = new ArrayList<>(faults);
            RawField.read(read.trailers(), all);
            return new ObservedRequest(line, fields, read, true, all);
        } catch (ProtocolException e) {
            return new ObservedRequest(line, fields, content, false, List.of(e.toString()));
        } catch (IOException e) {
            return this;
        }
    }

    private ContentReader content(InputStream in) throws IOException {
        if (!values("Transfer-Encoding").isEmpty()) {
            return ContentReader.chunked(in);
        }
        List<String> lengths = values("Content-Length");
        return lengths.isEmpty() ? ContentReader.NONE : ContentReader.sized(in, Integer.parseInt(lengths.getFirst()));
    }

    String target() {
        String[] words = line.split(" ", -1);
        return words.length == 3 ? words[1] : line;
    }

    List<String> values(String name) {
        return RawField.values(fields, name);
    }
}
