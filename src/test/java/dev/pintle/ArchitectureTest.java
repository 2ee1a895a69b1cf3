package dev.pintle;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The map of the rooms: which room may use which, and which library lives where. */
class ArchitectureTest {
    private static final String ROOT = "dev.pintle";

    /** Each room and the rooms it may use. The root, where everything is put together, may use them all. */
    private static final List<Room> ROOMS = List.of(
            room("time").uses(),
            room("http").uses("time"),
            room("tls").uses(),
            room("crypto").uses(),
            room("config").uses("tls"),
            room("telemetry").uses("http"),
            room("redis").uses("time"),
            room("policy").uses("redis", "crypto", "http", "telemetry", "time"),
            room("upstream").uses("http", "tls", "telemetry", "time"),
            room("routing").uses("policy", "upstream", "config", "http", "telemetry", "time"),
            room("server").uses("http", "tls", "time"),
            room("proxy").uses("server", "http", "telemetry", "time"),
            room("store").uses("config", "crypto"),
            room("sync").uses("store", "routing", "config", "crypto", "time"),
            room("introspection").uses("sync", "routing", "config", "http", "policy", "upstream"),
            room("admin")
                    .uses(
                            "introspection",
                            "sync",
                            "store",
                            "routing",
                            "config",
                            "crypto",
                            "http",
                            "telemetry",
                            "policy",
                            "upstream",
                            "time"),
            room("embedded").uses(),
            room("cli").uses("store", "config", "embedded"),
            room("app")
                    .uses(
                            "admin",
                            "cli",
                            "embedded",
                            "http",
                            "introspection",
                            "policy",
                            "proxy",
                            "redis",
                            "routing",
                            "server",
                            "store",
                            "sync",
                            "telemetry",
                            "time",
                            "tls",
                            "upstream",
                            "config"));

    /** Each library that has a home, and its homes; (root) is the root without the rooms in it. */
    private static final List<Library> LIBRARIES = List.of(
            library("org.apache.hc").livesIn("app", "upstream"),
            library("dev.failsafe").livesIn("app", "policy.retry", "upstream.circuitbreaker"),
            library("org.jdbi").livesIn("app", "store"),
            library("org.flywaydb").livesIn("app", "store"),
            library("redis.clients").livesIn("redis"),
            library("org.glassfish.jersey").livesIn("app", "proxy", "admin"),
            library("jakarta.ws.rs").livesIn("app", "proxy", "admin"),
            library("io.opentelemetry").livesIn("telemetry.otlp"),
            // Not in the root: the shipped jar is without it.
            library("io.zonky").livesIn("embedded"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> aRoomUsesOnlyTheRoomsBelowIt() {
        return ROOMS.stream()
                .map(room -> dynamicTest(
                        room.toString(),
                        () -> noClasses()
                                .that(resideInAnyPackage(within(room.name())))
                                .should()
                                .dependOnClassesThat(ours().and(not(room.reach())))
                                .as("Room " + room)
                                .allowEmptyShould(true)
                                .check(CLASSES)));
    }

    @TestFactory
    Stream<DynamicTest> aLibraryStaysInItsRoom() {
        return LIBRARIES.stream()
                .map(library -> dynamicTest(
                        library.toString(),
                        () -> noClasses()
                                .that(not(library.homes()))
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(library.name() + ".."))
                                .as("Library " + library)
                                .allowEmptyShould(true)
                                .check(CLASSES)));
    }

    @Test
    void noRoomIsReachedFromItself() {
        slices().matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyRoomStandsInTheTable() {
        Set<String> table = ROOMS.stream().map(Room::name).collect(Collectors.toSet());
        assertThat(packages().map(JavaPackage::getName).filter(name -> !name.equals(ROOT)))
                .allSatisfy(name -> assertThat(table).contains(name.split("\\.", -1)[2]));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(packages())
                .allSatisfy(room -> assertThat(room.isAnnotatedWith(NullMarked.class))
                        .as("%s has a package-info.java with @NullMarked", room.getName())
                        .isTrue());
    }

    /** The packages that hold classes. */
    private static Stream<JavaPackage> packages() {
        return CLASSES.stream().map(JavaClass::getPackage).distinct();
    }

    private static DescribedPredicate<JavaClass> ours() {
        return resideInAnyPackage(ROOT + "..");
    }

    private static DescribedPredicate<JavaClass> not(DescribedPredicate<JavaClass> predicate) {
        return describe("not " + predicate.getDescription(), predicate.negate());
    }

    /** The package pattern of a room with its wings, or of the root alone. */
    private static String within(String room) {
        return room.equals("(root)") ? ROOT : ROOT + "." + room + "..";
    }

    private static DescribedPredicate<JavaClass> within(Stream<String> rooms) {
        return resideInAnyPackage(rooms.map(ArchitectureTest::within).toArray(String[]::new));
    }

    private static Room room(String name) {
        return new Room(name, List.of());
    }

    private static Library library(String name) {
        return new Library(name, List.of());
    }

    private record Room(String name, List<String> below) {
        Room uses(String... rooms) {
            return new Room(name, Arrays.asList(rooms));
        }

        DescribedPredicate<JavaClass> reach() {
            return within(Stream.concat(Stream.of(name), below.stream()));
        }

        @Override
        public String toString() {
            return name + " uses " + (below.isEmpty() ? "nothing" : String.join(", ", below));
        }
    }

    private record Library(String name, List<String> rooms) {
        Library livesIn(String... homes) {
            return new Library(name, Arrays.asList(homes));
        }

        DescribedPredicate<JavaClass> homes() {
            return within(rooms.stream());
        }

        @Override
        public String toString() {
            return name + " lives in " + String.join(", ", rooms);
        }
    }
}
