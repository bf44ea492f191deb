package io.waybill.billing;

import io.waybill.carrier.Bills.Fee;
import io.waybill.carrier.Charge;
import io.waybill.format.Document;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.InvoiceLine;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a carrier said it booked on a day, in our own words: an invoice for each currency, {@code fees 2026-11-25 USD}. */
final class PulledBill extends HeadedBill {
    static final String NAME = "pulled";
    private static final List<String> COLUMNS = List.of(
            "Day",
            "Pull",
            "Tracking Number",
            "Reference 1",
            "Reference 2",
            "Type",
            "Code",
            "Text",
            "Amount",
            "Currency");

    PulledBill() {
        super(NAME, COLUMNS, COLUMNS);
    }

    /**
     * A day as a file.
     *
     * @param pull the how manieth time the day was asked for
     * @param known the currencies the day has an invoice in; one that no fee is in any more stands there with nothing
     */
    static String write(LocalDate day, int pull, List<Fee> fees, List<String> known) {
        Set<String> said = fees.stream()
                .map(fee -> fee.charge().amount().currency().getCurrencyCode())
                .collect(Collectors.toSet());
        Stream<List<String>> nothing = known.stream()
                .filter(currency -> !said.contains(currency))
                .map(currency ->
                        List.of(day.toString(), String.valueOf(pull), "", "", "", "", "", "", "0.00", currency));
        return Stream.of(Stream.of(COLUMNS), fees.stream().map(fee -> cells(day, pull, fee)), nothing)
                .flatMap(rows -> rows)
                .map(PulledBill::row)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** What a day's invoice is called, but for its currency. */
    static String number(@Nullable LocalDate day) {
        return "fees " + day + " ";
    }

    private static List<String> cells(LocalDate day, int pull, Fee fee) {
        Charge charge = fee.charge();
        return List.of(
                day.toString(),
                String.valueOf(pull),
                orEmpty(fee.trackingNumber()),
                !fee.references().isEmpty() ? fee.references().get(0) : "",
                fee.references().size() > 1 ? fee.references().get(1) : "",
                charge.type(),
                orEmpty(charge.code()),
                orEmpty(charge.text()),
                charge.amount().amount().toPlainString(),
                charge.amount().currency().getCurrencyCode());
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> '"' + cell.replace("\"", "\"\"").replaceAll("[\\r\\n]+", " ") + '"')
                .collect(Collectors.joining(","));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    @Override
    public boolean mayHoldNothing() {
        return true;
    }

    @Override
    public int decimals(int ofCurrency) {
        return Amounts.KEPT;
    }

    @Override
    public void read(Document document, char delimiter, Faults faults, Charges charges) {
        Cells cells = new Cells(document, delimiter, faults);
        LocalDate day = cells.date("Day");
        String currency = cells.currency("Currency");
        BigDecimal amount = cells.amount("Amount");
        Head head = new Head(number(day) + currency, day, currency, "Currency", null, "Amount");
        if (amount.signum() == 0) {
            charges.tell(head, document.firstRow());
            charges.passOver(cells.row(), orEmpty(cells.text("Text")) + " 0.00");
        } else {
            charges.add(head, line(cells, day, amount));
        }
    }

    private static InvoiceLine line(Cells cells, @Nullable LocalDate day, BigDecimal amount) {
        String number = cells.id("Tracking Number");
        String type = cells.needed("Type");
        return new InvoiceLine(
                cells.row(),
                null,
                number,
                null,
                null,
                cells.lines("Reference 1", "Reference 2"),
                day,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                kind(number != null || cells.text("Reference 1") != null, type, amount),
                type,
                null,
                amount,
                null,
                null,
                null,
                null,
                null,
                null,
                cells.brief("Code", 100),
                cells.brief("Text", 500));
    }

    /** What is of no shipment is the account's; what is given back and is no discount is a refund. */
    private static String kind(boolean ofShipment, String type, BigDecimal amount) {
        if (!ofShipment) {
            return "account_fee";
        }
        return amount.signum() < 0 && !type.equals("discount") ? "refund" : "label_charge";
    }
}
