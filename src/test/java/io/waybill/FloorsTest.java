package io.waybill;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The house: a package imports only from lower floors, never a neighbour. */
class FloorsTest {
    private static final String HOUSE = "io.waybill";
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("problem", "text", "measure", "settings", "format", "failpoint", "trace"),
            Set.of("order", "mapping"),
            Set.of("carrier", "ledger"),
            Set.of("carrier.*", "batch", "access", "station"),
            Set.of("intake", "dispatch", "tracking", "billing", "delivery", "readiness", "rollout"),
            Set.of("edge", "api", "portal", "cli", "demo"),
            Set.of(""));

    /** Floor 0 speaks of problems, texts and settings everywhere; cli shows the demo; a page is made of what the calls answer. */
    private static final Map<String, Set<String>> NEIGHBOURS = Map.of(
            "measure",
            Set.of("problem"),
            "format",
            Set.of("problem", "text"),
            "trace",
            Set.of("text"),
            "settings",
            Set.of("problem", "measure"),
            "cli",
            Set.of("demo"),
            "portal",
            Set.of("api"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HOUSE);

    @Test
    void every_floor_has_classes_and_every_class_a_floor() {
        Map<Integer, Long> perFloor =
                CLASSES.stream().collect(Collectors.groupingBy(type -> floor(room(type)), Collectors.counting()));

        assertThat(perFloor).containsOnlyKeys(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void a_package_imports_only_from_lower_floors() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> isOurs(target) && !mayUse(room(type), room(target)))
                    .forEach(target -> wrong.add(type.getFullName() + " → " + target.getFullName()));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void nobody_but_the_hub_knows_a_carrier() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.waybill.carrier.*..")
                .and()
                .doNotBelongToAnyOf(OwnSandbox.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.waybill.carrier.*..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.waybill.carrier..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.waybill.ledger..")
                .check(CLASSES);
    }

    /** Not a rule somebody could forget: there is nothing in these classes by which an order could be made or bought. */
    @Test
    void what_is_only_looked_at_knows_no_way_to_an_order_or_a_purchase() {
        noClasses()
                .that()
                .resideInAPackage(HOUSE + ".rollout..")
                .or()
                .haveFullyQualifiedName(HOUSE + ".intake.Shadow")
                .or()
                .haveFullyQualifiedName(HOUSE + ".ledger.ShadowBook")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        ".*\\.(OrderBook|ShipmentBook|PlanBook|PurchaseBook|AttemptBook|OutsideBook|NewOrder|Admission|Readmission|Revising|Dispatch)")
                .check(CLASSES);
    }

    @Test
    void camel_stays_upstairs() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        HOUSE,
                        HOUSE + ".edge..",
                        HOUSE + ".api..",
                        HOUSE + ".portal..",
                        HOUSE + ".cli..",
                        HOUSE + ".demo..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .check(CLASSES);
    }

    @Test
    void words_for_people_come_from_the_commands_and_logs_go_one_way() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(HOUSE + ".cli..", HOUSE + ".demo..")
                .and()
                .doNotHaveSimpleName("SandboxServer")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    /** A clock of this machine that is stepped moves no lease, deadline or order of events. */
    @Test
    void times_come_from_the_database_and_deadlines_from_the_nanosecond_clock() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        HOUSE + ".ledger..",
                        HOUSE + ".batch..",
                        HOUSE + ".access..",
                        HOUSE + ".intake..",
                        HOUSE + ".dispatch..",
                        HOUSE + ".delivery..",
                        HOUSE + ".tracking..")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .check(CLASSES);
    }

    @Test
    void every_package_is_null_marked() {
        Map<String, Boolean> marked = new HashMap<>();
        CLASSES.forEach(type ->
                marked.putIfAbsent(type.getPackageName(), type.getPackage().isAnnotatedWith(NullMarked.class)));
        List<String> unmarked = new ArrayList<>();
        marked.forEach((name, is) -> {
            if (!is) {
                unmarked.add(name);
            }
        });
        assertThat(unmarked).isEmpty();
    }

    private static boolean mayUse(String from, String to) {
        return from.equals(to)
                || floor(to) < floor(from)
                || NEIGHBOURS.getOrDefault(from, Set.of()).contains(to);
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(HOUSE) || type.getPackageName().startsWith(HOUSE + ".");
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(HOUSE) ? "" : name.substring(HOUSE.length() + 1);
    }

    private static int floor(String room) {
        String kind = room.startsWith("carrier.") ? "carrier.*" : room;
        for (int i = 0; i < FLOORS.size(); i++) {
            if (FLOORS.get(i).contains(kind)) {
                return i;
            }
        }
        throw new AssertionError("no floor for " + HOUSE + "." + room);
    }
}
