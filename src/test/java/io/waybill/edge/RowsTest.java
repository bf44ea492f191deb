package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RowsTest {
    @Test
    void a_row_has_its_number_and_its_events_id_unless_the_mapping_wrote_its_own() throws Exception {
        assertThat(Rows.of("[{\"sku\":\"A\"},{\"sku\":\"B\"}]").toParameters("evt-1", Set.of()))
                .containsExactly(
                        Map.of("eventId", "evt-1", "line", 1, "sku", "A"),
                        Map.of("eventId", "evt-1", "line", 2, "sku", "B"));
        assertThat(Rows.of("[{\"line\":\"10\",\"sku\":\"A\"}]").toParameters("evt-1", Set.of()))
                .containsExactly(Map.of("eventId", "evt-1", "line", "10", "sku", "A"));
        assertThat(Rows.of("[{\"line\":\"10\"},{}, {\"sku\":\"B\"}]")
                        .toParameters("evt-1", Set.of("line"))
                        .get(1))
                .containsEntry("line", 2)
                .containsEntry("sku", "B");
    }

    @Test
    void what_stands_beside_rows_and_in_none_of_them_is_refused() {
        assertThatThrownBy(() -> Rows.of("{\"order_no\":\"1\",\"rows\":[{\"sku\":\"A\"}]}"))
                .hasMessageContaining("order_no stands beside the rows");
    }
}
