package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class RateTableTest {
    private final RateTable sheet =
            RateTable.read(new StringReader("service,up_to_kg,near,far\nground,2,8.10,12.00\nground,1,7.20,\n"));

    @Test
    void the_first_row_that_holds_the_weight_gives_the_price() {
        assertThat(sheet.price("ground", "near", new BigDecimal("0.2"))).contains(new BigDecimal("7.20"));
        assertThat(sheet.price("ground", "near", new BigDecimal("1.000"))).contains(new BigDecimal("7.20"));
        assertThat(sheet.price("ground", "near", new BigDecimal("1.001"))).contains(new BigDecimal("8.10"));
    }

    @Test
    void an_empty_cell_an_unknown_zone_or_service_and_too_great_a_weight_have_no_price() {
        assertThat(sheet.price("ground", "far", BigDecimal.ONE)).isEmpty();
        assertThat(sheet.price("ground", "moon", BigDecimal.ONE)).isEmpty();
        assertThat(sheet.price("air", "near", BigDecimal.ONE)).isEmpty();
        assertThat(sheet.price("ground", "near", new BigDecimal("2.01"))).isEmpty();
    }
}
