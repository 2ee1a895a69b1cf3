package dev.pintle.conformance;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A response as the client received it.
 *
 * @param complete whether it is complete
 * @param faults violations that the gateway must never send
 */
record ObservedResponse(
        int status, List<RawField> fields, ContentReader content, boolean complete, List<String> faults) {
    private static final Pattern LINE =
            Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2}) [^\\x00-\\x08\\x0a-\\x1f\\x7f]*");

    /**
     * Parses all responses of one connection.
     *
     * @param methods of the requests in order; GET for further ones
     * @param reset whether a reset ended the connection, which cuts off a response without a length
     */
    static List<ObservedResponse> all(String bytes, List<String> methods, boolean reset) {
        InputStream in = new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1));
        List<ObservedResponse> answers = new ArrayList<>();
        int finals = 0;
        try {
            while (in.available() > 0) {
                ObservedResponse answer = next(in, finals < methods.size() ? methods.get(finals) : "GET", reset);
                answers.add(answer);
                finals += answer.isInterim() ? 0 : 1;
            }
        } catch (EOFException e) {
            answers.add(new ObservedResponse(0, List.of(), ContentReader.NONE, false, List.of()));
        } catch (IOException e) {
            answers.add(new ObservedResponse(
                    0, List.of(), ContentReader.NONE, false, List.of(String.valueOf(e.getMessage()))));
        }
        return answers;
    }

    /** Reads the next final response; not whole when the connection ends before it. */
    static ObservedResponse last(InputStream in, String method) {
        try {
            ObservedResponse response = next(in, method, false);
            while (response.isInterim()) {
                response = next(in, method, false);
            }
            return response;
        } catch (IOException e) {
            return new ObservedResponse(
                    0, List.of(), ContentReader.NONE, false, List.of(String.valueOf(e.getMessage())));
        }
    }

    private static ObservedResponse next(InputStream in, String method, boolean reset) throws IOException {
        List<String> lines = ContentReader.lines(in);
        Matcher line = LINE.matcher(lines.isEmpty() ? "" : lines.getFirst());
        if (!line.matches()) {
            throw new ProtocolException(
                    "no status line: " + (lines.isEmpty() ? "" : OutputFaults.visible(lines.getFirst())));
        }
        int status = Integer.parseInt(line.group(1));
        List<String> faults = new ArrayList<>();
        List<RawField> fields = RawField.read(lines.subList(1, lines.size()), faults);
        ObservedResponse head = new ObservedResponse(status, fields, ContentReader.NONE, true, faults);
        return status < 200 || status == 204 || status == 304 || method.equals("HEAD")
                ? head
                : head.withContent(in, reset);
    }

    private ObservedResponse withContent(InputStream in, boolean reset) throws IOException {
        try {
            ContentReader read = content(in);
            RawField.read(read.trailers(), faults);
            return new ObservedResponse(status, fields, read, !reset || isDelimited(), faults);
        } catch (EOFException e) {
            return new ObservedResponse(status, fields, content, false, faults);
        }
    }

    private ContentReader content(InputStream in) throws IOException {
        if (!values("Transfer-Encoding").isEmpty()) {
            return ContentReader.chunked(in);
        }
        List<String> lengths = values("Content-Length");
        return lengths.isEmpty()
                ? ContentReader.untilEnd(in)
                : ContentReader.sized(in, Integer.parseInt(lengths.getFirst()));
    }

    private boolean isDelimited() {
        return !values("Transfer-Encoding").isEmpty()
                || !values("Content-Length").isEmpty();
    }

    boolean isInterim() {
        return status >= 100 && status < 200;
    }

    List<String> values(String name) {
        return RawField.values(fields, name);
    }
}
