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
}
