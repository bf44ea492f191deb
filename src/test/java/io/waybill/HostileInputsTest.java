package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.faults.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every hostile input is refused by a word of its own, soon, in a process of 128 MB. */
class HostileInputsTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static Map<String, String[]> told;

    @BeforeAll
    static void tryAll(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("hostile.log");
        try (ChildJvm child = ChildJvm.start(List.of(), List.of("-Xmx128m"), Hostile.class, log, Map.of())) {
            await().atMost(SOON.multipliedBy(5)).until(() -> !child.isAlive());
        }
        told = Files.readAllLines(log).stream()
                .map(line -> line.split(" ", 3))
                .filter(words -> words[0].matches("[A-Z]+_[A-Z0-9_]+"))
                .collect(Collectors.toMap(words -> words[0], words -> words));
    }

    @ParameterizedTest
    @EnumSource
    void it_is_refused_in_bounded_time_and_memory(Hostile input) {
        String[] words = told.get(input.name());
        assertThat(words).as("the process did not get that far").isNotNull();
        assertThat(Duration.ofMillis(Long.parseLong(words[1]))).isLessThan(SOON);
        List<String> codes = words[2].isEmpty() ? List.of() : List.of(words[2].split(","));
        if (input.expected.isEmpty()) {
            assertThat(codes).isEmpty();
        } else if (input.expected.contains("*")) {
            assertThat(codes).isNotEmpty().noneMatch(code -> code.startsWith("BROKE"));
        } else {
            assertThat(codes).containsAnyElementsOf(input.expected);
        }
    }
}
