package dev.pintle.config;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written like {@code 64KiB}.
 *
 * @param bytes zero or more
 */
public record DataSize(long bytes) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(B|KB|KiB|MB|MiB|GB|GiB)");
    private static final Map<String, Long> UNITS = Map.of(
            "B",
            1L,
            "KB",
            1_000L,
            "KiB",
            1L << 10,
            "MB",
            1_000_000L,
            "MiB",
            1L << 20,
            "GB",
            1_000_000_000L,
            "GiB",
            1L << 30);
    private static final List<String> SHORTEST = List.of("GiB", "GB", "MiB", "MB", "KiB", "KB");

    /** Parses a size; empty when the text is not a size or exceeds a {@code long}. */
    public static Optional<DataSize> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        BigInteger bytes =
                new BigInteger(form.group(1)).multiply(BigInteger.valueOf(UNITS.getOrDefault(form.group(2), 1L)));
        return bytes.bitLength() < Long.SIZE ? Optional.of(new DataSize(bytes.longValue())) : Optional.empty();
    }

    /** The shortest form that is exact. */
    @Override
    public String toString() {
        for (String unit : SHORTEST) {
            long length = UNITS.getOrDefault(unit, 1L);
            if (bytes > 0 && bytes % length == 0) {
                return bytes / length + unit;
            }
        }
        return bytes + "B";
    }
}
