package io.waybill.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.settings.Settings;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class PartnerTest {
    @Test
    void what_the_settings_say_of_a_partner_stands_beside_the_event_whose_numbers_stay_as_they_are() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody("{\"data\":{\"rate\":12.50,\"serial\":12345678901234567890.0000001}}");

        Partner.of(Settings.of("sink.crm.partner.shop=7"), "crm").putInto(exchange);

        assertThat(exchange.getMessage().getBody(String.class))
                .isEqualTo(
                        "{\"data\":{\"rate\":12.50,\"serial\":12345678901234567890.0000001},\"partner\":{\"shop\":\"7\"}}");
    }
}
