package dev.pintle.store;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * The address of PostgreSQL and the credentials. Parsed from {@code jdbc:postgresql://HOST:PORT/DATABASE} or {@code
 * postgres://USER:PASSWORD@HOST:PORT/DATABASE}, both with optional parameters. Commas separate several hosts.
 *
 * @param place host, port and database
 * @param parameters the driver's parameters, percent-encoded as in a URL; may be empty
 */
record DatabaseUrl(
        String place,
        String parameters,
        @Nullable String user,
        @Nullable String password) {
    private static final Pattern FORM = Pattern.compile("(?:jdbc:postgresql|postgres(?:ql)?)://"
            + "(?:(?<user>[^:/?]*)(?::(?<password>[^/?]*))?@)?(?<place>[^@?]*)(?:\\?(?<parameters>.*))?");

    /** Parameters whose names differ between libpq and the driver. */
    private static final Map<String, String> DRIVER_NAMES = Map.of(
            "application_name", "ApplicationName",
            "channel_binding", "channelBinding",
            "connect_timeout", "connectTimeout",
            "target_session_attrs", "targetServerType");

    /**
     * @param key the configuration key, for the message
     * @throws IllegalArgumentException when the text has neither form; the message does not quote it, because it may
     *     contain a password
     */
    static DatabaseUrl parse(String key, String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw unreadable(key);
        }
        DatabaseUrl url = new DatabaseUrl(
                form.group("place"),
                driverParameters(form.group("parameters")),
                decoded(key, form.group("user")),
                decoded(key, form.group("password")));
        if (Driver.parseURL(url.jdbc(""), null) == null) {
            throw unreadable(key);
        }
        return url;
    }

    /**
     * The URL for the driver, without user and password.
     *
     * @param presets default parameters; the URL's own parameters follow, and the driver uses the last value
     */
    String jdbc(String presets) {
        return "jdbc:postgresql://" + place + '?' + presets + '&' + parameters;
    }

    /** Omits the parameters, which may contain a password. */
    @Override
    public String toString() {
        return place;
    }

    private static String driverParameters(@Nullable String parameters) {
        if (parameters == null) {
            return "";
        }
        return Arrays.stream(parameters.split("&", -1))
                .map(DatabaseUrl::driverParameter)
                .collect(Collectors.joining("&"));
    }

    private static String driverParameter(String parameter) {
        String name = parameter.split("=", 2)[0];
        return DRIVER_NAMES.getOrDefault(name, name) + parameter.substring(name.length());
    }

    private static @Nullable String decoded(String key, @Nullable String text) {
        try {
            // A plus sign is literal in a URL; it means a space in HTML forms only.
            return text == null ? null : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unreadable(key);
        }
    }

    private static IllegalArgumentException unreadable(String key) {
        return new IllegalArgumentException(key + " must have the form jdbc:postgresql://HOST:PORT/DATABASE or"
                + " postgres://USER:PASSWORD@HOST:PORT/DATABASE, with special characters percent-encoded");
    }
}
