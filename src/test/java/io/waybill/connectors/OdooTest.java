package io.waybill.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.billing.UpsFile;
import io.waybill.billing.UpsFile.Charge;
import io.waybill.connectors.FakeShop.State;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

@Connector(
        system = "Odoo",
        page = "odoo.md",
        hasNone = {Cell.SENT_ELSEWHERE, Cell.BAD_SIGNATURE})
class OdooTest extends ShopContract {
    private static final String TODAY = LocalDate.now(ZoneOffset.UTC).toString();

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
    void a_transfer_that_is_not_ready_any_more_waits_until_it_is() throws Exception {
        int number = hub.number();
        String orderId = shop.put(number, State.PAID);
        showsHold(orderId, () -> shop.put(number, State.UNPAID), () -> shop.put(number, State.MOVED));
    }

    @Test
    void a_transfer_that_says_within_one_second_what_it_said_before_waits_and_goes_on_each_time() throws Exception {
        FakeOdoo odoo = (FakeOdoo) shop;
        int number = hub.number();
        String orderId = shop.put(number, State.PAID);
        arrived(orderId);
        for (int times = 0; times < 2; times++) {
            odoo.within(number, State.UNPAID);
            soon(() -> assertThat(release(orderId)).isEqualTo("hold"));
            odoo.within(number, State.PAID);
            soon(() -> assertThat(release(orderId)).isNotEqualTo("hold"));
        }

        labelled(hub.order(shop, orderId));
        assertThat(reasons(orderId)).isEmpty();
    }

    private String release(String orderId) throws Exception {
        return hub.order(shop, orderId).at("/order/release").asText();
    }

    @Test
    void of_a_transfer_that_is_not_ready_any_more_after_its_label_a_person_is_told() throws Exception {
        int number = hub.number();
        String orderId = shop.put(number, State.PAID);
        JsonNode labelled = labelled(arrived(orderId));

        shop.put(number, State.UNPAID);

        soon(() -> assertThat(reasons(orderId)).containsExactly("changed-late"));
        assertThat(numbers(hub.order(shop, orderId))).isEqualTo(numbers(labelled));
    }

    /** Odoo's word for it says that the goods left the stock, and nothing of a label. */
    @Override
    @Test
    void an_order_somebody_else_sent_buys_no_label_and_one_we_sent_is_no_news() throws Exception {
        int number = hub.number();
        String orderId = shop.put(number, State.PAID);
        JsonNode held = arrived(orderId);

        shop.put(number, State.SENT);
        arrived(shop.put(hub.number(), State.PAID));

        assertThat(hub.order(shop, orderId).path("status").asText()).isEqualTo("held");
        assertThat(numbers(labelled(held))).isNotEmpty();
    }

    @Test
    @Shows(value = Cell.MONEY, by = "price, vendor bill")
    void an_invoice_that_is_posted_comes_out_as_the_vendor_bill_odoo_imports_to_the_cent() throws Exception {
        JsonNode labelled = labelled(arrived(shop.put(hub.number(), State.PAID)));
        String tracking = numbers(labelled).get(0);
        hub.invoice(
                "week-48.csv",
                new UpsFile()
                        .charge("UPS-48", tracking, TODAY, Charge.transport("8.17"))
                        .charge("UPS-48", tracking, TODAY, Charge.fuel("0.29"))
                        .charge("UPS-48", tracking, TODAY, Charge.adjusted("RADJ", "Residential Adjustment", "4.15"))
                        .charge("UPS-48", tracking, TODAY, Charge.adjusted("RADJ", "Adjusted twice", "-0.34"))
                        .bytes());
        soon(() -> assertThat(invoice().path("state").asText()).isEqualTo("matched"));
        JsonNode invoice = invoice();
        String path = "/v1/invoices/" + invoice.path("id").asText();

        assertThat(hub.bills()).as("only what a person approved is to be paid").isEmpty();
        assertThat(hub.send("POST", path + "/approve", "").statusCode()).isEqualTo(200);
        assertThat(hub.send("POST", path + "/post", "").statusCode()).isEqualTo(200);

        soon(() -> assertThat(hub.bills()).hasSize(5));
        List<String> rows = hub.bills();
        assertThat(rows.get(0))
                .isEqualTo("id,move_type,partner_id,ref,invoice_date,currency_id,invoice_line_ids/name,"
                        + "invoice_line_ids/quantity,invoice_line_ids/price_unit");
        assertThat(rows.get(1)).matches("waybill_jrn_\\w+_1,in_invoice,sandbox,UPS-48,2026-11-21,USD,.*,1,8\\.17");
        assertThat(rows.subList(2, 5)).allMatch(row -> row.startsWith(",,,,,,"));
        assertThat(rows.get(4)).contains(labelled.path("orderId").asText(), tracking);
        BigDecimal billed = rows.stream()
                .skip(1)
                .map(row -> new BigDecimal(row.substring(row.lastIndexOf(',') + 1)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(billed).isEqualByComparingTo(invoice.path("total").asText()).isEqualByComparingTo("12.27");
    }

    private JsonNode invoice() throws Exception {
        return hub.get("/v1/invoices?account=sandbox").at("/items/0");
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
        String orderId;
        try {
            odoo.password("another");
            soon(() -> assertThat(silent()).isTrue());
            orderId = shop.put(hub.number(), State.PAID);
        } finally {
            odoo.password(ShopsHub.SECRET);
        }

        arrived(orderId);
        soon(() -> assertThat(silent()).isFalse());
    }
}
