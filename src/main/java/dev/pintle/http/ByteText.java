package dev.pintle.http;

import java.nio.charset.StandardCharsets;

/** Text as it travels in a message: one character for each byte, whose values are 0 to 255. */
public final class ByteText {
    /** The delimiters of a URL, and the percent sign. */
    private static final String RESERVED = "/?#[]@!$&'()*+,;=:%";

    private ByteText() {}

    /** The UTF-8 bytes of a text. */
    public static String of(String unicode) {
        return new String(unicode.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Decodes percent-encodings and, as forms do, {@code +} as a space. A malformed encoding remains as it is. */
    public static String formDecoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int value = encodedAt(text, i);
            if (value >= 0) {
                decoded.append((char) value);
                i += 2;
            } else {
                decoded.append(text.charAt(i) == '+' ? ' ' : text.charAt(i));
            }
        }
        return decoded.toString();
    }

    /** Whether a part of a text decodes to another text. It allocates nothing and stops at the first difference. */
    static boolean isFormDecoded(String text, int start, int end, String decoded) {
        int matched = 0;
        for (int i = start; i < end; i++) {
            int value = encodedAt(text, i);
            char c = text.charAt(i) == '+' ? ' ' : text.charAt(i);
            if (value >= 0) {
                c = (char) value;
                i += 2;
            }
            if (matched == decoded.length() || decoded.charAt(matched) != c) {
                return false;
            }
            matched++;
        }
        return matched == decoded.length();
    }

    /** Percent-encodes every byte that is not unreserved (RFC 3986 section 2.3). */
    public static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isUnreserved(c)) {
                encoded.append(c);
            } else {
                encode(c, encoded);
            }
        }
        return encoded.toString();
    }

    /** Percent-encodes the bytes that no URL may have (RFC 3986 section 2); a percent sign stays. */
    public static String uriSafe(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isUnreserved(c) || RESERVED.indexOf(c) >= 0) {
                safe.append(c);
            } else {
                encode(c, safe);
            }
        }
        return safe.toString();
    }

    private static void encode(char c, StringBuilder encoded) {
        encoded.append('%')
                .append(Character.toUpperCase(Character.forDigit(c >> 4 & 0xf, 16)))
                .append(Character.toUpperCase(Character.forDigit(c & 0xf, 16)));
    }

    private static int encodedAt(String text, int place) {
        if (text.charAt(place) != '%' || place + 2 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(place + 1), 16);
        int low = Character.digit(text.charAt(place + 2), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }
}
