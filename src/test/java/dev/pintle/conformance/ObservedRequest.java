package dev.pintle.conformance;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A request as the upstream heard it.
 *
 * @param whole whether it came to its end
 * @param faults what the gateway must never send
 */
record ObservedRequest(String line, List<RawField> fields, ContentReader content, boolean whole, List<String> faults) {
    private static final Pattern LINE = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ [!-~]+ HTTP/1\\.1");

    /** A request's head; its content is still to come. */
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

    /** The request with its content, as far as that comes. */
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
