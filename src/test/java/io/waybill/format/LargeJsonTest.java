package io.waybill.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LargeJsonTest {
    private static final String THOUSAND_FIELDS = "{\"lines\":[" + "{\"qty\":1},".repeat(499) + "{\"qty\":1}]}";

    @Test
    void many_documents_of_many_fields_are_read() {
        String file = "[" + (THOUSAND_FIELDS + ",").repeat(299) + THOUSAND_FIELDS + "]";

        assertThat(read(file, List.of())).hasSize(300);
    }

    @Test
    void what_is_passed_over_is_no_document() {
        String around = "[" + "{},".repeat(300_000) + "{}]";

        assertThat(read("{\"before\":" + around + ",\"orders\":[{},{}],\"after\":" + around + "}", List.of("orders")))
                .hasSize(2);
    }

    @Test
    void one_document_of_very_many_fields_is_refused_where_it_stands() {
        String large = "{\"lines\":[" + "{},".repeat(200_000) + "{}]}";

        Problem alone = refused(large);
        assertThat(alone.code()).isEqualTo("document-too-large");
        assertThat(alone.values()).containsEntry("file", "orders.json").containsEntry("row", "1");
        assertThat(refused("[{}," + large + "]").values()).containsEntry("row", "2");
    }

    private static Problem refused(String file) {
        return catchThrowableOfType(ProblemException.class, () -> read(file, List.of()))
                .problems()
                .get(0);
    }

    private static List<Document> read(String file, List<String> records) {
        List<Document> documents = new ArrayList<>();
        ByteArrayInputStream in = new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
        try (DocumentReader reader =
                Formats.open(in, "orders.json", Reading.of(Format.JSON).withRecords(records))) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                documents.add(next);
            }
        }
        return documents;
    }
}
