package io.waybill.billing;

import io.waybill.ledger.InvoiceLine;
import io.waybill.ledger.InvoiceLineBook;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A line of an invoice as a test writes it: a parcel of 2 lb to zone 004 by service 3, but for what is said otherwise. */
final class Written {
    static final LocalDate DAY = LocalDate.of(2026, 11, 16);

    private final String type;
    private final BigDecimal amount;
    private String invoice = "inv_2";
    private String kind = "label_charge";
    private String code = "C";
    private @Nullable String reason;
    private @Nullable BigDecimal list;
    private BigDecimal entered = new BigDecimal("2");
    private BigDecimal billed = new BigDecimal("2");
    private @Nullable String weightType;
    private @Nullable String dimensions;
    private @Nullable LocalDate delivered;
    private @Nullable LocalDate shipped = DAY;
    private @Nullable String tracking = "1Z1";
    private @Nullable String lead;
    private @Nullable String references;

    private Written(String type, String amount) {
        this.type = type;
        this.amount = new BigDecimal(amount);
    }

    static Written transport(String amount) {
        return new Written("shipping", amount);
    }

    static Written fuel(String amount) {
        return new Written("fuel_charge", amount).code("FSC");
    }

    static Written extra(String amount) {
        return new Written("additional_fees", amount).code("RES");
    }

    static Written of(String type, String amount) {
        return new Written(type, amount);
    }

    /** On an invoice taken in before. */
    Written before() {
        invoice = "inv_1";
        return this;
    }

    Written kind(String word) {
        kind = word;
        return this;
    }

    Written code(String word) {
        code = word;
        return this;
    }

    Written reason(String word) {
        reason = word;
        kind = "adjustment";
        return this;
    }

    Written list(String price) {
        list = new BigDecimal(price);
        return this;
    }

    Written weighed(String before, String after) {
        entered = new BigDecimal(before);
        billed = new BigDecimal(after);
        return this;
    }

    Written weightType(String word) {
        weightType = word;
        return this;
    }

    Written dimensions(String sides) {
        dimensions = sides;
        return this;
    }

    Written delivered(String day) {
        delivered = LocalDate.parse(day);
        return this;
    }

    /** The bill does not say when it was shipped. */
    Written undated() {
        shipped = null;
        return this;
    }

    Written tracking(@Nullable String number) {
        tracking = number;
        return this;
    }

    Written lead(String number) {
        lead = number;
        return this;
    }

    Written references(String... words) {
        references = String.join("\n", words);
        return this;
    }

    boolean isBefore() {
        return invoice.equals("inv_1");
    }

    InvoiceLineBook.Line line(int number) {
        return new InvoiceLineBook.Line(
                invoice,
                number,
                1,
                "f" + number,
                "shp_1",
                "tracking-number",
                null,
                new InvoiceLine(
                        number,
                        "A",
                        tracking,
                        null,
                        lead,
                        references,
                        shipped,
                        delivered,
                        type.equals("shipping") ? "3" : null,
                        "004",
                        entered,
                        billed,
                        "lb",
                        weightType,
                        dimensions,
                        kind,
                        type,
                        reason,
                        amount,
                        list,
                        null,
                        null,
                        null,
                        null,
                        null,
                        code,
                        "text of " + code));
    }
}
