package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Formats;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DisguiseTest {
    private static final String CAME = """
            {"id": "SO-1", "buyer": {"first_name": "Jane", "full_name": "JANE Roe", "email": "jane.roe@acme.example", "phone": "+1 512-555-0100",
              "vat_id": "DE123456789"}, "who": "Jane Roe", "ship_address_1": "1 Main St", "city": "Austin", "zip": "78701", "country": "US",
              "收件人": "张伟", "gift": "for Jane Roe, with love", "lines": [{"sku": "MUG-1", "qty": 2, "title": "Mug"}], "mobile": 15125550100}
            """;

    @TempDir
    Path directory;

    @Test
    void nobody_is_left_and_everything_keeps_its_shape() {
        Mapping mapping = new Fresh(directory).order("shipTo.company: { from: who }");
        JsonNode masked = new Disguise(mapping).of(Formats.json(CAME, "came"));

        assertThat(masked.toString())
                .doesNotContainIgnoringCase("jane")
                .doesNotContain("Roe", "Main", "5550100", "123456789", "张", "伟", "acme");
        assertThat(masked.at("/buyer/phone").asText()).matches("\\+1 [1-9]{3}-[1-9]{3}-[1-9]{4}");
        assertThat(masked.at("/buyer/email").asText()).matches("[a-z]{4}\\.[a-z]{3}@example\\.com");
        assertThat(masked.at("/buyer/vat_id").asText()).matches("[A-Z]{2}[1-9]{9}");
        assertThat(masked.path("ship_address_1").asText()).matches("[1-9] [A-Z][a-z]{3} [A-Z][a-z]");
        assertThat(masked.path("mobile").isNumber()).isTrue();
        assertThat(masked.path("收件人").asText()).hasSize(2);
    }

    @Test
    void the_same_word_becomes_the_same_word_and_what_is_no_person_stays() {
        Mapping mapping = new Fresh(directory).order("shipTo.company: { from: who }");
        JsonNode masked = new Disguise(mapping).of(Formats.json(CAME, "came"));

        String who = masked.path("who").asText();
        assertThat(masked.at("/buyer/full_name").asText()).isEqualToIgnoringCase(who);
        assertThat(who).startsWith(masked.at("/buyer/first_name").asText());
        assertThat(masked.path("gift").asText()).isEqualTo("for " + who + ", with love");
        assertThat(masked.path("id").asText()).isEqualTo("SO-1");
        assertThat(masked.path("city").asText()
                        + masked.path("zip").asText()
                        + masked.path("country").asText())
                .isEqualTo("Austin78701US");
        assertThat(masked.at("/lines/0").toString()).isEqualTo("{\"sku\":\"MUG-1\",\"qty\":2,\"title\":\"Mug\"}");
    }

    @Test
    void who_is_read_by_an_expression_is_nobody_either_and_what_it_only_asks_stays() {
        Mapping mapping = new Fresh(directory).free("""
                to.name: { expr: 'if (.kind == "B2B") split(.deliver, ";")[0] else .deliver' }
                to.line1: { expr: 'uppercase(.way) + " " + .number' }
                to.city: town
                ref: ref
                """);
        String came = """
                {"kind": "B2B", "deliver": "Joanna Lindgren;dock 4", "way": "Elm Rd", "number": "12", "town": "Austin", "ref": "12 Elm"}
                """;

        JsonNode masked = new Disguise(mapping).of(Formats.json(came, "came"));

        assertThat(masked.path("deliver").asText())
                .doesNotContain("Joanna", "Lindgren", "dock")
                .matches("\\w{6} \\w{8};\\w{4} [1-9]");
        assertThat(masked.path("way").asText()).isNotEqualTo("Elm Rd").matches("[A-Z][a-z]{2} [A-Z][a-z]");
        assertThat(masked.path("kind").asText()
                        + masked.path("town").asText()
                        + masked.path("ref").asText())
                .isEqualTo("B2BAustin12 Elm");
    }

    @Test
    void who_is_stripped_or_joined_by_an_expression_is_nobody_either() {
        Mapping mapping = new Fresh(directory).free("""
                to.name: { expr: '.last + .given' }
                to.line1: { expr: '.way + .number' }
                to.phone: { expr: 'replace(.mobil, "[^0-9]", "")' }
                """);
        JsonNode masked = new Disguise(mapping).of(Formats.json("""
                {"last": "欧阳", "given": "修", "way": "Hauptstrasse", "number": "12345", "mobil": "0176/123 45-6"}""", "came"));

        assertThat(masked.toString()).doesNotContain("欧阳", "修", "Hauptstrasse", "12345", "0176", "123");
    }

    @Test
    void who_is_read_by_an_expression_of_a_document_that_is_skipped_or_refused_is_nobody_either() {
        String lines =
                "reads: { format: json }\nunmapped: off\nwrites: free\nskip: { when: { from: state, in: [draft] }, reason: no }\n"
                        + "fields:\n  to.name: { expr: '.deliver + \"\"', max: 3, tooLong: error }\n";
        Mapping mapping = new Fresh(directory).get(lines);
        for (String state : new String[] {"draft", "sent"}) {
            JsonNode came = Formats.json("{\"state\": \"" + state + "\", \"deliver\": \"Jane Roe\"}", "came");

            JsonNode masked = new Disguise(mapping).of(came);

            assertThat(masked.toString()).doesNotContain("Jane", "Roe").contains(state);
        }
    }

    @Test
    void town_postal_code_and_country_stay_where_they_stand_in_one_field_with_the_people() {
        Mapping mapping = new Fresh(directory).get("""
                writes: order/1
                reads: { format: csv, delimiter: ";", groupBy: No }
                fields:
                  orderId: No
                  shipTo.name: { from: Address, split: { by: ",", part: 1 } }
                  shipTo.line1: { from: Address, split: { by: ",", part: 3 } }
                  shipTo.city: { from: Address, split: { by: ",", part: 4 } }
                  shipTo.state: { expr: 'split(.rows[0].Address, "[, ]+")[9]' }
                  shipTo.postalCode: { expr: 'split(.rows[0].Address, "[, ]+")[10]' }
                  shipTo.country: { from: Address, split: { by: ",", part: -1 }, country: alpha2, required: true }
                """);
        String address = "Jane Roe, c/o Max Poe, 1 Main St, Austin, TX 78701, United States";
        String row = "{\"No\": \"A1\", \"Address\": \"" + address + "\"}";
        String came = row.substring(0, row.length() - 1) + ", \"rows\": [" + row + "]}";

        JsonNode masked = Recording.masked(mapping, Formats.json(came, "came"));

        assertThat(masked.toString()).doesNotContain("Jane", "Roe", "Max", "Poe", "Main");
        assertThat(masked.path("Address").asText())
                .endsWith(", Austin, TX 78701, United States")
                .isEqualTo(masked.at("/rows/0/Address").asText());
    }
}
