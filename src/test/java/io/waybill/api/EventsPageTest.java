package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.delivery.Trial;
import io.waybill.ledger.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** docs/events.md tells of each event all that the contract says is in it. */
class EventsPageTest {
    private static final String TOLD_OF_EVERY_ORDER = "order.accepted";

    @Test
    void every_event_and_every_field_of_it_is_told_of() throws IOException {
        String page = Files.readString(Path.of("docs/events.md"));
        JsonNode schemas = Contract.read().schemas();
        Set<String> known = fields(schemas, TOLD_OF_EVERY_ORDER);
        assertThat(known).allSatisfy(field -> assertThat(page).containsPattern("[`\"]" + field + "[`\"]"));
        Set<String> types = new TreeSet<>(Stage.BY_EVENT.keySet());
        types.add(Trial.TYPE);

        for (String type : types) {
            String row = page.lines()
                    .filter(line -> line.startsWith("| ") && line.split("\\|", 3)[1].contains("`" + type + "`"))
                    .findFirst()
                    .orElse("");
            assertThat(row).as(type).isNotEmpty();
            Set<String> own = fields(schemas, type);
            if (own.contains("hubId")) {
                own.removeAll(known);
            }
            own.remove("namespace");
            assertThat(own).as(type).allSatisfy(field -> assertThat(row).containsPattern("`" + field + "[`:]"));
        }
    }

    private static Set<String> fields(JsonNode schemas, String type) {
        Set<String> fields = new TreeSet<>();
        schemas.path("data." + type).path("properties").fieldNames().forEachRemaining(fields::add);
        return fields;
    }
}
