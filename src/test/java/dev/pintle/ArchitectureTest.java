package dev.pintle;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.pintle.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The code has the structure that docs/engineering/architecture.md describes. */
class ArchitectureTest {
    private static final String ROOT = "dev.pintle";
    private static final Path MAP = Path.of("docs/engineering/architecture.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)` \\|[^|]+\\|([^|]*)\\|$");
    private static final Pattern NAME = Pattern.compile("`([a-z]+)`");

    /** Each library that belongs to certain packages, and these packages. */
    private static final Map<String, List<String>> LIBRARIES = Map.of(
            "org.apache.hc", List.of("upstream"),
            "dev.failsafe", List.of("policy.retry", "upstream.circuitbreaker"),
            "org.jdbi", List.of("store"),
            "org.flywaydb", List.of("store"),
            "redis.clients", List.of("redis"),
            "org.glassfish.jersey", List.of("proxy", "admin"),
            "jakarta.ws.rs", List.of("proxy", "admin"),
            "io.opentelemetry", List.of("telemetry.otlp"),
            // Not in app: the production jar does not contain it.
            "io.zonky", List.of("embedded"));

    /** Calls that read a clock or pause a thread. */
    private static final Map<String, Set<String>> CLOCKS_AND_PAUSES = Map.of(
            "java.lang.System", Set.of("nanoTime", "currentTimeMillis"),
            "java.lang.Thread", Set.of("sleep"),
            "java.util.concurrent.TimeUnit", Set.of("sleep"),
            "java.util.concurrent.locks.LockSupport", Set.of("parkNanos", "parkUntil"),
            "java.time.Instant", Set.of("now"),
            "java.time.ZonedDateTime", Set.of("now"),
            "java.time.OffsetDateTime", Set.of("now"),
            "java.time.LocalDateTime", Set.of("now"),
            "java.time.LocalDate", Set.of("now"));

    /** Threads that repeat a task in real time, and the wait for a process of another program. */
    private static final Set<String> PAUSE_IN_REAL_TIME = Set.of(
            "AsyncLogQueue",
            "CertificateReloader",
            "ConnectionMonitor",
            "ConnectionPool",
            "ExchangeDrain",
            "Http2UpstreamClient",
            "OpenExchanges",
            "OpenTunnels",
            "Postmaster",
            "TunnelDrain");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void theMapShowsEveryPackageAndEveryArrow() throws IOException {
        assertThat(arrowsOfTheCode())
                .as("arrows of the code, compared with the table in %s", MAP)
                .containsExactlyInAnyOrderElementsOf(arrowsOfTheMap());
    }

    @TestFactory
    Stream<DynamicTest> aLibraryStaysInItsPackages() {
        return LIBRARIES.entrySet().stream()
                .map(library -> dynamicTest(library.getKey(), () -> {
                    DescribedPredicate<JavaClass> users = resideInAnyPackage(library.getValue().stream()
                            .map(name -> ROOT + "." + name + "..")
                            .toArray(String[]::new));
                    noClasses()
                            .that(describe("outside " + library.getValue(), users.negate()))
                            .should()
                            .dependOnClassesThat(resideInAnyPackage(library.getKey() + ".."))
                            .check(CLASSES);
                }));
    }

    @TestFactory
    Stream<DynamicTest> aLibraryIsUsedWhereTheListSaysSo() {
        return LIBRARIES.entrySet().stream()
                .flatMap(library -> library.getValue().stream()
                        .map(name -> dynamicTest(
                                library.getKey() + " in " + name,
                                () -> assertThat(CLASSES.stream().filter(resideInAnyPackage(ROOT + "." + name + "..")))
                                        .anyMatch(type -> uses(type, library.getKey())))));
    }

    @Test
    void noPackageDependsOnItself() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void aSimpleClassNameOccursOnce() {
        Map<String, List<String>> classes = CLASSES.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getSimpleName, mapping(JavaClass::getName, toList())));
        assertThat(classes.values())
                .isNotEmpty()
                .allSatisfy(sameName -> assertThat(sameName).hasSize(1));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(each -> assertThat(each.isAnnotatedWith(NullMarked.class))
                        .as("%s has a package-info.java with @NullMarked", each.getName())
                        .isTrue());
    }

    @Test
    void clocksAndPausesAreArguments() {
        noClasses()
                .that(describe(
                        "outside the package time",
                        resideInAnyPackage(ROOT + ".time").negate()))
                .should()
                .accessTargetWhere(describe("read a clock or pause", ArchitectureTest::readsClockOrPauses))
                .check(CLASSES);
    }

    @Test
    void eachClassThatMayPauseInRealTimeDoes() {
        assertThat(CLASSES.stream().filter(type -> PAUSE_IN_REAL_TIME.contains(type.getSimpleName())))
                .hasSameSizeAs(PAUSE_IN_REAL_TIME)
                .allMatch(type -> type.getAccessesFromSelf().stream().anyMatch(ArchitectureTest::isClockOrPause));
    }

    /** Dropwizard and Jetty create classes of server and telemetry without arguments for a clock. */
    @Test
    void onlyThePackagesThatStartANodeChooseTheSystemTicker() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + ".app..", ROOT + ".cli..", ROOT + ".server..", ROOT + ".telemetry", ROOT + ".time")
                .should()
                .accessField(Ticker.class, "SYSTEM")
                .check(CLASSES);
    }

    private static boolean readsClockOrPauses(JavaAccess<?> access) {
        return isClockOrPause(access)
                && !PAUSE_IN_REAL_TIME.contains(access.getOriginOwner().getSimpleName());
    }

    /** Reading a clock that is an argument, as in {@code Instant.now(clock)}, is allowed. */
    private static boolean isClockOrPause(JavaAccess<?> access) {
        Set<String> methods =
                CLOCKS_AND_PAUSES.getOrDefault(access.getTargetOwner().getName(), Set.of());
        return methods.contains(access.getTarget().getName())
                && !(access.getTarget() instanceof CodeUnitAccessTarget target
                        && target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class)));
    }

    private static boolean uses(JavaClass type, String library) {
        return type.getDirectDependenciesFromSelf().stream()
                .anyMatch(dependency ->
                        dependency.getTargetClass().getPackageName().startsWith(library));
    }

    /** Arrows as texts; a package without arrows is a text of its own. */
    private static Set<String> arrowsOfTheMap() throws IOException {
        Set<String> arrows = new TreeSet<>();
        Matcher rows = ROW.matcher(Files.readString(MAP));
        while (rows.find()) {
            String from = rows.group(1);
            arrows.add(from);
            NAME.matcher(rows.group(2)).results().forEach(to -> arrows.add(from + " uses " + to.group(1)));
        }
        return arrows;
    }

    private static Set<String> arrowsOfTheCode() {
        Set<String> arrows = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            String from = topLevel(type.getPackage());
            arrows.add(from);
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency ->
                            dependency.getTargetClass().getBaseComponentType().getPackage())
                    .filter(each -> each.getName().startsWith(ROOT))
                    .map(ArchitectureTest::topLevel)
                    .filter(to -> !to.equals(from))
                    .forEach(to -> arrows.add(from + " uses " + to));
        }
        return arrows;
    }

    /** The name below the root: {@code upstream} of {@code dev.pintle.upstream.dns}. */
    private static String topLevel(JavaPackage each) {
        return Arrays.stream(each.getName().substring(ROOT.length()).split("\\.", -1))
                .filter(part -> !part.isEmpty())
                .findFirst()
                .orElse("(root)");
    }
}
