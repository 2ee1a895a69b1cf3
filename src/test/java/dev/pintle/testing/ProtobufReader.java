package dev.pintle.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Parses a message of protocol buffers by field number. */
final class ProtobufReader {
    private record Field(int number, Object value) {}

    private final List<Field> fields = new ArrayList<>();

    ProtobufReader(byte[] bytes) {
        ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (message.hasRemaining()) {
            long tag = varint(message);
            fields.add(new Field((int) (tag >>> 3), value((int) tag & 7, message)));
        }
    }

    private static Object value(int wireType, ByteBuffer message) {
        return switch (wireType) {
            case 0 -> varint(message);
            case 1 -> message.getLong();
            case 2 -> {
                byte[] bytes = new byte[(int) varint(message)];
                message.get(bytes);
                yield bytes;
            }
            case 5 -> (long) message.getInt();
            default -> throw new IllegalArgumentException("wire type " + wireType);
        };
    }

    private static long varint(ByteBuffer message) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = message.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    private List<Object> all(int number) {
        return fields.stream()
                .filter(field -> field.number() == number)
                .map(Field::value)
                .toList();
    }

    List<ProtobufReader> messages(int number) {
        return all(number).stream()
                .map(value -> new ProtobufReader((byte[]) value))
                .toList();
    }

    boolean has(int number) {
        return !all(number).isEmpty();
    }

    String hex(int number) {
        return has(number) ? HexFormat.of().formatHex((byte[]) all(number).getFirst()) : "";
    }

    String text(int number) {
        return has(number) ? new String((byte[]) all(number).getFirst(), StandardCharsets.UTF_8) : "";
    }

    long number(int number) {
        return has(number) ? (long) all(number).getFirst() : 0;
    }
}
