package dev.pintle.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/** The files of the console by the path of their URL, from the class path. Safe for all threads. */
public final class ConsoleFiles {
    /** The page that shows all others. */
    private static final String PAGE = "index.html";

    /** A path without a file extension is a page of the console. */
    private static final Pattern PAGE_NAME = Pattern.compile("[a-z-]*");

    /** No dot starts a segment, so that no path leaves the directory. */
    private static final Pattern FILE_NAME = Pattern.compile("(?:[a-z0-9-]+/)*[a-z0-9-]+(\\.[a-z]+)");

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            ".html", "text/html; charset=utf-8",
            ".css", "text/css; charset=utf-8",
            ".js", "text/javascript; charset=utf-8",
            ".svg", "image/svg+xml");

    private static final String WEBJARS = "META-INF/resources/webjars/";

    /** The libraries, under URLs that stay the same when their version changes. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "vendor/lit-html.js", WEBJARS + "lit-html/3.3.1/lit-html.js",
            "vendor/directive.js", WEBJARS + "lit-html/3.3.1/directive.js",
            "vendor/directive-helpers.js", WEBJARS + "lit-html/3.3.1/directive-helpers.js",
            "vendor/directives/live.js", WEBJARS + "lit-html/3.3.1/directives/live.js",
            "vendor/directives/repeat.js", WEBJARS + "lit-html/3.3.1/directives/repeat.js",
            "vendor/uplot.js", WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js",
            "vendor/uplot.css", WEBJARS + "uplot/1.6.30/dist/uPlot.min.css");

    private final ConcurrentMap<String, WebFile> read = new ConcurrentHashMap<>();

    /**
     * Finds a file.
     *
     * @param path below {@code /console/}
     */
    public Optional<WebFile> find(String path) {
        String name = PAGE_NAME.matcher(path).matches() ? PAGE : path;
        WebFile known = read.get(name);
        return known == null ? load(name) : Optional.of(known);
    }

    private Optional<WebFile> load(String name) {
        var match = FILE_NAME.matcher(name);
        String mediaType = match.matches() ? MEDIA_TYPES.get(match.group(1)) : null;
        if (mediaType == null) {
            return Optional.empty();
        }
        String resource = LIBRARIES.getOrDefault(name, "dev/pintle/console/" + name);
        try (InputStream content = ConsoleFiles.class.getClassLoader().getResourceAsStream(resource)) {
            return content == null
                    ? Optional.empty()
                    : Optional.of(read.computeIfAbsent(name, any -> file(mediaType, content)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource + " from the class path", e);
        }
    }

    private static WebFile file(String mediaType, InputStream content) {
        try {
            return new WebFile(mediaType, content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a file of the console from the class path", e);
        }
    }
}
