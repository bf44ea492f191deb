package io.waybill.carrier.declared;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.carrier.CodeTable;
import io.waybill.carrier.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PricesTest {
    private static final CodeTable CODES = CodeTable.of("acme", "charges", Map.of(), "uncategorized");

    @Test
    void an_amount_without_a_currency_says_what_it_lacks() {
        Reply answer = Reply.of("{\"charges\":[{\"code\":\"FUEL\",\"amount\":\"1.20\"}]}".getBytes(UTF_8));
        assertThatThrownBy(() -> Prices.charges(answer, CODES))
                .hasMessage("1.20 has no currency: the reply's mapping is to write one");
    }

    @Test
    void a_price_that_was_summed_up_in_floating_point_comes_to_the_cent_and_has_no_part_of_its_own_for_that() {
        Reply answer = Reply.of(("{\"total\":27.119999999999997,\"currency\":\"CNY\",\"charges\":["
                        + "{\"code\":\"FRT\",\"amount\":24.69},{\"code\":\"FUEL\",\"amount\":2.4299999999999997}]}")
                .getBytes(UTF_8));
        assertThat(Prices.charges(answer, CODES))
                .extracting(charge -> charge.code() + " " + charge.amount())
                .containsExactly("FRT 24.69 CNY", "FUEL 2.43 CNY");
    }

    @Test
    void a_currency_nobody_knows_is_named() {
        assertThatThrownBy(() -> Prices.money("1.20", "XQX")).hasMessage("1.20 XQX is no amount of money");
    }

    @Test
    void an_amount_and_a_currency_of_any_length_are_told_by_their_beginning() {
        String endless = "7".repeat(20_000);
        for (String currency : List.of("", "USD", endless)) {
            assertThatThrownBy(() -> Prices.money(endless, currency))
                    .hasMessageStartingWith("777")
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
        }
    }
}
