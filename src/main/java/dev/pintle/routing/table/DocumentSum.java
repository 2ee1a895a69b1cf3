package dev.pintle.routing.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pintle.crypto.Sha256;
import java.math.BigInteger;
import java.util.HexFormat;

/**
 * The digest of a set of documents: the sum of their SHA-256 digests modulo 2^256. Equal sets have equal sums on all nodes,
 * and an edit costs only the documents that it changes. It detects differences between nodes, not attacks. Immutable.
 */
final class DocumentSum {
    static final DocumentSum EMPTY = new DocumentSum(BigInteger.ZERO);

    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(Sha256.BYTES * Byte.SIZE);

    private final BigInteger sum;

    private DocumentSum(BigInteger sum) {
        this.sum = sum;
    }

    DocumentSum plus(String name, JsonNode json) {
        return new DocumentSum(sum.add(digest(name, json)).mod(MODULUS));
    }

    DocumentSum minus(String name, JsonNode json) {
        return new DocumentSum(sum.subtract(digest(name, json)).mod(MODULUS));
    }

    private static BigInteger digest(String name, JsonNode json) {
        return new BigInteger(1, Sha256.digest(name + ' ' + json));
    }

    /** The sum as 64 lowercase hexadecimal digits. */
    String hex() {
        return HexFormat.of().toHexDigits(sum.shiftRight(192).longValue())
                + HexFormat.of().toHexDigits(sum.shiftRight(128).longValue())
                + HexFormat.of().toHexDigits(sum.shiftRight(64).longValue())
                + HexFormat.of().toHexDigits(sum.longValue());
    }
}
