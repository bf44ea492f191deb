package io.waybill.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.order.Order;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PayersTest {

    @Test
    void the_sender_pays_the_transport_and_the_recipient_the_duties_where_nobody_is_named() {
        Payers payers = Payers.of(order(null, null), false);
        assertThat(payers.transport()).isEqualTo("sender");
        assertThat(payers.duties()).isEmpty();
        assertThat(payers.isDutyOnDelivery()).isTrue();
    }

    @Test
    void delivered_duty_paid_is_paid_by_the_sender() {
        assertThat(Payers.of(order(null, "DDP"), false).duties()).contains("sender");
        assertThat(Payers.of(order(billing("sender", "recipient", null), "DDP"), false)
                        .isDutyOnDelivery())
                .isTrue();
    }

    @Test
    void who_ordered_a_return_pays_it_as_its_sender() {
        assertThat(Payers.of(order(billing("recipient", null, "A1"), null), true)
                        .transport())
                .isEqualTo("sender");
        assertThat(Payers.of(order(billing("recipient", null, "A1"), null), false)
                        .transport())
                .isEqualTo("recipient");
    }

    @Test
    void somebody_else_is_known_by_an_account() {
        assertThat(Payers.of(order(billing("thirdParty", null, "A1"), null), false)
                        .account())
                .isEqualTo("A1");
        assertThatThrownBy(() -> Payers.of(order(billing("thirdParty", null, null), null), false)
                        .account())
                .isInstanceOfSatisfying(
                        RefusedException.class, no -> assertThat(no.pointer()).isEqualTo("/billing/account"));
    }

    private static Order.Billing billing(String payer, @Nullable String duties, @Nullable String account) {
        return new Order.Billing(null, null, payer, account, null, null, duties, List.of());
    }

    private static Order order(Order.@Nullable Billing billing, @Nullable String incoterm) {
        Order base = Samples.shipment().order();
        Order.Customs customs = incoterm == null ? null : new Order.Customs(null, incoterm, null, null, null);
        return new Order(
                base.orderId(),
                null,
                null,
                null,
                List.of(),
                null,
                base.shipTo(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                customs,
                null,
                billing,
                null,
                Map.of());
    }
}
