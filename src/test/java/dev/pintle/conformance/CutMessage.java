package dev.pintle.conformance;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A valid message that one side sends incompletely.
 *
 * @param method of the request, or of the request of the response
 * @param bytes one character per byte
 * @param endsWithConnection whether only the end of the connection ends the content, so that a FIN in the content is
 *     not a cut
 */
record CutMessage(String name, String method, String bytes, boolean endsWithConnection) {
    /** The end of the connection. */
    enum End {
        FIN,
        RST
    }

    /** A message, the number of sent bytes, and the end after them. */
    record Cut(CutMessage message, int offset, End end) {
        String sent() {
            return message.bytes.substring(0, offset);
        }

        @Override
        public String toString() {
            return message.name + ", " + end + " at byte " + offset + " of " + message.bytes.length();
        }
    }

    static CutMessage of(String name, String method, String... parts) {
        return new CutMessage(name, method, String.join("", parts), false);
    }

    CutMessage endingWithConnection() {
        return new CutMessage(name, method, bytes, true);
    }

    /** Returns the cuts at every byte. */
    Stream<Cut> cuts() {
        return Stream.of(End.values())
                .flatMap(end -> IntStream.range(0, bytes.length() + (endsWithConnection ? 1 : 0))
                        .filter(offset -> !isWhole(offset, end))
                        .mapToObj(offset -> new Cut(this, offset, end)));
    }

    private boolean isWhole(int offset, End end) {
        return endsWithConnection && end == End.FIN && offset >= head();
    }

    /** Returns the number of bytes of the head. */
    int head() {
        return Math.max(bytes.indexOf("\r\n\r\n") + 4, bytes.indexOf("\n\n") + 2);
    }

    @Override
    public String toString() {
        return name;
    }
}
