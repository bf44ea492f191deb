package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The list in docs/connectors/README.md is what the connectors' tests prove. */
class ConnectorTableTest {
    private static final Path FOLDER = Path.of("docs/connectors");
    private static final String BEGIN = "<!-- connectors: written by ConnectorTableTest -->\n";
    private static final String END = "<!-- end of connectors -->";

    @Test
    void the_list_says_what_the_tests_prove() throws Exception {
        List<Class<?>> tests = ReflectionSupport.findAllClassesInPackage(
                "io.waybill", type -> type.isAnnotationPresent(Connector.class), name -> name.endsWith("Test"));
        Map<String, List<Class<?>>> systems = tests.stream()
                .sorted(Comparator.comparing(Class::getName))
                .collect(Collectors.groupingBy(
                        type -> type.getAnnotation(Connector.class).system(),
                        () -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER),
                        Collectors.toList()));
        StringBuilder tables = new StringBuilder();
        tables.append(table(EnumSet.range(Cell.ORDERS, Cell.WRONG), systems));
        tables.append('\n').append(table(EnumSet.range(Cell.TRACKING, Cell.CREDENTIALS), systems));
        String page = Files.readString(FOLDER.resolve("README.md"));

        assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
                .as("put this into docs/connectors/README.md")
                .isEqualTo(tables.toString());
        assertThat(pages(tests))
                .allSatisfy(named -> assertThat(FOLDER.resolve(named)).exists());
    }

    private static String table(Set<Cell> columns, Map<String, List<Class<?>>> systems) {
        StringBuilder table = new StringBuilder("| system | "
                + columns.stream().map(Cell::title).collect(Collectors.joining(" | ")) + " |\n|---|"
                + "---|".repeat(columns.size()) + "\n");
        systems.forEach((system, proofs) -> table.append(line(system, columns, proofs)));
        return table.toString();
    }

    private static String line(String system, Set<Cell> columns, List<Class<?>> proofs) {
        Map<Cell, Set<String>> shown = new EnumMap<>(Cell.class);
        proofs.stream()
                .flatMap(
                        proof -> ReflectionSupport.findMethods(
                                proof, method -> !said(method).isEmpty(), HierarchyTraversalMode.TOP_DOWN)
                                .stream())
                .flatMap(method -> said(method).stream())
                .forEach(shows -> Stream.of(shows.value())
                        .forEach(cell -> shown.computeIfAbsent(cell, first -> new TreeSet<>())
                                .add(shows.by())));
        Set<Cell> none = proofs.stream()
                .flatMap(proof -> Stream.of(proof.getAnnotation(Connector.class).hasNone()))
                .collect(Collectors.toSet());
        String cells = columns.stream()
                .map(cell -> shown.containsKey(cell) ? words(shown.get(cell)) : none.contains(cell) ? "–" : "no")
                .collect(Collectors.joining(" | "));
        return "| [" + system + "](" + pages(proofs).iterator().next() + ") | " + cells + " |\n";
    }

    private static List<Shows> said(Method method) {
        return AnnotationSupport.findRepeatableAnnotations(method, Shows.class);
    }

    private static String words(Set<String> ways) {
        String named = ways.stream().filter(way -> !way.isEmpty()).collect(Collectors.joining(", "));
        return named.isEmpty() ? "yes" : named;
    }

    private static Set<String> pages(List<Class<?>> proofs) {
        return proofs.stream()
                .map(proof -> proof.getAnnotation(Connector.class).page())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
