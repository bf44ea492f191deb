package io.waybill;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.waybill.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is laid beside the hub in a release says what is so. */
class InstallTest {
    private static final Path DIST = Path.of("src/dist");
    private static final Pattern INSTRUCTION = Pattern.compile(
            "(FROM|RUN|WORKDIR|COPY|USER|VOLUME|ENV|EXPOSE|STOPSIGNAL|HEALTHCHECK|ENTRYPOINT|CMD) \\S.*",
            Pattern.DOTALL);

    @Test
    void the_compose_file_pins_what_it_runs_waits_for_the_database_and_names_settings_the_hub_has() throws Exception {
        JsonNode file = new YAMLMapper().readTree(DIST.resolve("compose.yaml").toFile());
        JsonNode services = file.get("services");
        JsonNode hub = services.get("waybill");

        assertThat(services.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("waybill", "waybill-2", "postgres", "kafka");
        services.forEach(service -> {
            if (service.has("image")) {
                assertThat(service.get("image").textValue()).matches("[a-z/]+:\\d+(\\.\\d+)+");
            }
            service.path("volumes")
                    .forEach(volume -> assertThat(
                                    file.get("volumes").has(volume.textValue().replaceAll(":.*", "")))
                            .isTrue());
        });
        assertThat(file.get("name").textValue())
                .as("a newer version in a folder of its own finds the same volumes")
                .isEqualTo("waybill");
        runsBesideItsDatabase(hub);
        runsBesideItsDatabase(services.get("waybill-2"));
        assertThat(services.get("waybill-2").get("volumes"))
                .as("each node's own")
                .isNotEqualTo(hub.get("volumes"));
        assertThat(services.at("/postgres/healthcheck/test").toString())
                .as("a server that sets up a new volume answers by its socket")
                .contains("\"-h\",\"127.0.0.1\"");
    }

    private static void runsBesideItsDatabase(JsonNode hub) throws IOException {
        assertThat(hub.at("/depends_on/postgres/condition").textValue()).isEqualTo("service_healthy");
        assertThat(hub.get("ports").get(0).textValue()).startsWith("127.0.0.1:");
        Map<String, String> environment = new TreeMap<>();
        hub.get("environment").fields().forEachRemaining(entry -> environment.put(entry.getKey(), "x"));
        assertThat(environment.get("WAYBILL_DB_PASSWORD")).isEqualTo("x");
        allAreSettings(environment);
    }

    @Test
    void the_image_runs_as_nobody_special_stops_gently_and_names_settings_the_hub_has() throws Exception {
        List<String> steps = instructions();

        assertThat(steps).allMatch(INSTRUCTION.asMatchPredicate());
        assertThat(steps.get(0)).matches("FROM [a-z-]+:17\\S+");
        assertThat(steps.indexOf("USER waybill"))
                .isPositive()
                .isLessThan(steps.size() - 1)
                .isGreaterThan(steps.indexOf("COPY . ."));
        assertThat(steps).contains("STOPSIGNAL SIGTERM", "ENTRYPOINT [\"/opt/waybill/waybill\"]");
        Map<String, String> environment = new TreeMap<>();
        steps.stream()
                .filter(step -> step.startsWith("ENV "))
                .flatMap(step ->
                        Pattern.compile("(WAYBILL_\\w+)=(\\S+)").matcher(step).results())
                .forEach(set -> environment.put(set.group(1), set.group(2)));
        assertThat(environment).hasSize(7);
        allAreSettings(environment);
    }

    @Test
    void what_lies_beside_the_release_and_is_nobodys_business_goes_into_no_image() throws Exception {
        assertThat(Files.readAllLines(DIST.resolve(".dockerignore")))
                .as("passwords for compose, and the database of a hub that ran here")
                .contains(".env", "data");
    }

    private static void allAreSettings(Map<String, String> environment) throws IOException {
        String known = Files.readString(Path.of("config/waybill.properties"));
        Settings settings = Settings.read(Path.of("config/waybill.properties"), environment, Map.of());
        environment.forEach((name, value) -> {
            String key = Pattern.compile("(?m)^#? ?(waybill[.\\w]+)=")
                    .matcher(known)
                    .results()
                    .map(line -> line.group(1))
                    .filter(line -> line.replace('.', '_').equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("config/waybill.properties does not know " + name));
            assertThat(settings.value(key)).contains(value);
        });
    }

    private static List<String> instructions() throws IOException {
        String text = Files.readString(DIST.resolve("Dockerfile")).replaceAll("(?m)^#.*\n", "");
        return Pattern.compile("(?<!\\\\)\n").splitAsStream(text).toList();
    }
}
