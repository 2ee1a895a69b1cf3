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
record Heard(String line, List<Field> fields, Content content, boolean whole, List<String> faults) {
    private static final Pattern LINE = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ [!-~]+ HTTP/1\\.1");

    /** A request's head; its content is still to come. */
    static Heard head(InputStream in) throws IOException {
        List<String> faults = new ArrayList<>();
        List<String> lines;
        try {
            lines = Content.lines(in);
        } catch (EOFException e) {
            return new Heard("", List.of(), Content.NONE, false, faults);
        }
        String line = lines.isEmpty() ? "" : lines.getFirst();
        if (!LINE.matcher(line).matches()) {
            faults.add("no request line: " + Faults.visible(line));
        }
        List<Field> fields = Field.read(lines.subList(Math.min(1, lines.size()), lines.size()), faults);
        if (Field.values(fields, "Host").size() != 1) {
            faults.add("not one Host: " + Field.values(fields, "Host"));
        }
        return new Heard(line, fields, Content.NONE, false, faults);
    }

    /** The request with its content, as far as that comes. */
    Heard withContent(InputStream in) {
        try {
            Content read = content(in);
            List<String> all = new ArrayList<>(faults);
            Field.read(read.trailers(), all);
            return new Heard(line, fields, read, true, all);
        } catch (ProtocolException e) {
            return new Heard(line, fields, content, false, List.of(e.toString()));
        } catch (IOException e) {
            return this;
        }
    }

    private Content content(InputStream in) throws IOException {
        if (!values("Transfer-Encoding").isEmpty()) {
            return Content.chunked(in);
        }
        List<String> lengths = values("Content-Length");
        return lengths.isEmpty() ? Content.NONE : Content.sized(in, Integer.parseInt(lengths.getFirst()));
    }

    String target() {
        String[] words = line.split(" ", -1);
        return words.length == 3 ? words[1] : line;
    }

    List<String> values(String name) {
        return Field.values(fields, name);
    }
}
