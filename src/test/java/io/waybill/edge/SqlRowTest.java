package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SqlRowTest {
    @Test
    void a_row_whose_key_is_bytes_is_known_when_it_is_offered_again() {
        SqlRow first = SqlRow.of(Map.of("ID", new byte[] {1, -1}, "CITY", "Berlin"), "id");
        SqlRow again = SqlRow.of(Map.of("ID", new byte[] {1, -1}, "CITY", "Berlin"), "id");

        assertThat(again.dedupeKey()).isEqualTo(first.dedupeKey()).startsWith("row:01ff:");
        assertThat(first.name()).isEqualTo("row 01ff");
        assertThat(first.key()).isEqualTo(new byte[] {1, -1});
    }
}
