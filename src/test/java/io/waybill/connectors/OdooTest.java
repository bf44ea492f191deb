package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.connectors.FakeShop.State;
import org.junit.jupiter.api.Test;

@Connector(system = "Odoo", page = "odoo.md", hasNone = Cell.BAD_SIGNATURE)
class OdooTest extends ShopContract {
    @Override
    String name() {
        return "acme-odoo";
    }

    @Override
    @Test
    @Shows(value = Cell.SKIPPED, by = "not ready")
    void what_is_not_to_be_shipped_is_told_and_comes_when_it_is_paid() throws Exception {
        super.what_is_not_to_be_shipped_is_told_and_comes_when_it_is_paid();
    }

    @Test
    void a_session_that_is_over_is_opened_again_and_nobody_is_told() throws Exception {
        arrived(shop.put(hub.number(), State.PAID));

        ((FakeOdoo) shop).endSessions();

        arrived(shop.put(hub.number(), State.PAID));
        assertThat(silent()).isFalse();
    }

    @Test
    void a_password_that_odoo_refuses_in_an_answer_of_200_is_told_to_a_person() throws Exception {
        FakeOdoo odoo = (FakeOdoo) shop;
        odoo.password("another");
        soon(() -> assertThat(silent()).isTrue());
        String orderId = shop.put(hub.number(), State.PAID);

        odoo.password(ShopsHub.SECRET);

        arrived(orderId);
        soon(() -> assertThat(silent()).isFalse());
    }
}
