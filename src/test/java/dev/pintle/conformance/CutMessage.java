package dev.pintle.conformance;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A valid message that one side sends and cuts.
 *
 * @param method of the request that it is, or that it answers
 * @param octets one character per byte
 * @param endsWithConnection whether only the end of the connection ends its content, so that a FIN in the content is no cut
 */
record CutMessage(String name, String method, String octets, boolean endsWithConnection) {
    /** How the connection ends. */
    enum End {
        FIN,
        RST
    }

    /** A message, its first bytes, and the end behind these. */
    record Cut(CutMessage message, int offset, End end) {
        String sent() {
            return message.octets.substring(0, offset);
        }

        @Override
        public String toString() {
            return message.name + ", " + end + " at byte " + offset + " of " + message.octets.length();
        }
    }

    static CutMessage of(String name, String method, String... parts) {
        return new CutMessage(name, method, String.join("", parts), false);
    }

    CutMessage endingWithConnection() {
        return new CutMessage(name, method, octets, true);
    }

    /** The cuts at every byte. */
    Stream<Cut> cuts() {
        return Stream.of(End.values())
                .flatMap(end -> IntStream.range(0, octets.length() + (endsWithConnection ? 1 : 0))
                        .filter(offset -> !isWhole(offset, end))
                        .mapToObj(offset -> new Cut(this, offset, end)));
    }

    private boolean isWhole(int offset, End end) {
        return endsWithConnection && end == End.FIN && offset >= head();
    }

    /** Bytes of the head. */
    int head() {
        return Math.max(octets.indexOf("\r\n\r\n") + 4, octets.indexOf("\n\n") + 2);
    }

    @Override
    public String toString() {
        return name;
    }
}
