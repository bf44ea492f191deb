package io.waybill.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.order.Json;
import org.junit.jupiter.api.Test;

class OrderRowsTest {
    private static final String VOIDED = shipment("voided", "ups", "\"1Z1\"", "8.00", "USD");
    private static final String LABELLED = shipment("labelled", "fedex", "\"77\", \"78\"", "9.10", "USD");

    @Test
    void a_label_that_was_given_back_is_not_what_stands_of_its_order() {
        assertThat(told(VOIDED, LABELLED)).isEqualTo("fedex ground 77 78 9.10 USD");
        assertThat(told(VOIDED)).isEqualTo("ups ground 1Z1 8.00 USD");
    }

    @Test
    void an_order_in_pieces_has_all_their_numbers_and_costs_their_sum() {
        String piece = shipment("labelled", "fedex", "\"79\"", "0.95", "USD");

        assertThat(told(LABELLED, piece)).isEqualTo("fedex ground 77 78 79 10.05 USD");
    }

    @Test
    void amounts_of_several_currencies_are_not_added() {
        assertThat(told(LABELLED, shipment("in_transit", "dhl", "\"JD1\"", "7.00", "EUR")))
                .isEqualTo("fedex dhl ground 77 78 JD1 null null");
    }

    @Test
    void an_order_without_a_label_has_neither_number_nor_cost() {
        assertThat(told()).isEqualTo("null null null null null");
    }

    private static String told(String... shipments) {
        ObjectNode row = OrderRows.of(Json.kept("{\"shipments\": [" + String.join(",", shipments) + "]}"));
        return String.join(
                " ",
                row.path("account").asText(),
                row.path("service").asText(),
                row.path("trackingNumber").asText(),
                row.path("amount").asText(),
                row.path("currency").asText());
    }

    private static String shipment(String status, String account, String numbers, String amount, String currency) {
        return """
            {"status": "%s", "account": "%s", "service": "ground", "trackingNumbers": [%s],
             "total": {"amount": "%s", "currency": "%s"}}""".formatted(status, account, numbers, amount, currency);
    }
}
