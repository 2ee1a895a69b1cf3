package dev.pintle.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The keytool of the JDK. */
final class Keytool {
    private static final String RSA = "RSA";

    private Keytool() {}

    /** Returns the arguments that generate a key and its certificate. */
    static List<String> newKey(String alias, String algorithm, String subject, String... further) {
        List<String> arguments =
                new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-keyalg", algorithm, "-dname", subject));
        if (algorithm.equals(RSA)) {
            arguments.addAll(List.of("-keysize", "2048"));
        } else {
            // A short run needs no optimizing compiler. The prime numbers of RSA need it.
            arguments.add("-J-XX:TieredStopAtLevel=1");
        }
        arguments.addAll(List.of(further));
        return arguments;
    }

    /** Runs keytool on a PKCS#12 store, and returns its output. */
    static String run(Path store, char[] password, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12"));
        command.addAll(List.of("-storepass", new String(password), "-J-XX:+UseSerialGC"));
        // Tests read the store many times.
        for (String count : List.of("keyPbe", "certPbe", "mac")) {
            command.add("-J-Dkeystore.pkcs12." + count + "IterationCount=1");
        }
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool failed: " + command + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
