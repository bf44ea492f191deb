package io.waybill.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> COLUMNS = List.of(
            "order_no",
            "order_date",
            "recipient",
            "street",
            "house_no",
            "ship_city",
            "state",
            "zip",
            "country",
            "phone",
            "sku",
            "qty",
            "weight_kg");

    @Test
    void one_that_is_close_is_meant() {
        assertThat(Nearest.to("recipent", COLUMNS)).isEqualTo("recipient");
    }

    @Test
    void where_nothing_is_close_a_few_are_said_and_not_all_first_those_that_hold_the_word() {
        assertThat(Nearest.to("phone_number", COLUMNS))
                .startsWith("phone, ")
                .endsWith(", …")
                .matches("(\\w+, ){3}…");
    }

    @Test
    void a_few_known_words_are_all_said() {
        assertThat(Nearest.to("truck", List.of("order/1", "packing/1", "free"))).isEqualTo("order/1, packing/1, free");
        assertThat(Nearest.to("truck", List.of())).isEqualTo("-");
    }
}
