package io.waybill.billing;

import io.waybill.format.Document;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.format.Table;
import io.waybill.ledger.InvoiceLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** UPS billing data: 250 columns without a header, one row a charge, several invoices in a file. */
final class UpsBill implements Layout {
    private static final List<String> COLUMNS = columns();
    /** Up to the net amount; sheets drop the blank cells at the end. */
    private static final int FEWEST = 53;

    private static final Map<String, String> KINDS = Map.of(
            "VOID", "void_credit", "GSR", "claim_credit", "CADJ", "refund", "CLB", "late_bill", "FC", "late_bill");
    private static final Map<String, String> TYPES = Map.of(
            "FRT",
            "shipping",
            "FSC",
            "fuel_charge",
            "ACC",
            "additional_fees",
            "BRK",
            "brokerage_fee",
            "GOV",
            "duties_and_taxes",
            "TAX",
            "tax",
            "MSC",
            "admin_fee");
    private static final Set<String> REASONS = Set.of("SCC", "RADJ", "ADC", "ZONE", "VOID", "RTS", "GSR", "CLB");

    @Override
    public String name() {
        return "ups";
    }

    @Override
    public Reading reading(Format format, char delimiter) {
        return Reading.of(format)
                .withFallbackCharset(FALLBACK)
                .withDelimiter(delimiter)
                .withTable(Table.headless(COLUMNS));
    }

    @Override
    public boolean fits(List<String> firstRow) {
        return isHeader(firstRow)
                || (firstRow.size() >= FEWEST
                        && firstRow.get(0).strip().matches("\\d{1,2}(\\.\\d{1,2})?")
                        && firstRow.get(9).strip().matches("[A-Z]{3}"));
    }

    @Override
    public List<String> missing(List<String> firstRow) {
        return List.of();
    }

    @Override
    public void read(Document document, char delimiter, Faults faults, Charges charges) {
        List<String> row = document.rows().get(0).cells();
        if (isHeader(row)) {
            return;
        }
        Cells cells = new Cells(document, delimiter, faults);
        if (row.size() < FEWEST) {
            faults.add(BillingCode.INVOICE_COLUMN_MISSING, cells.row(), COLUMNS.get(row.size()), "", "carrier", name());
            return;
        }
        String classification = orEmpty(cells.brief("Charge Classification Code", 20));
        BigDecimal amount = cells.amount("Net Amount");
        if (classification.equals("INF") && amount.signum() == 0) {
            charges.tell(head(cells), cells.row());
            charges.passOver(cells.row(), "INF 0.00");
            return;
        }
        requireOneCurrency(cells);
        charges.add(head(cells), line(cells, classification, amount));
    }

    private static void requireOneCurrency(Cells cells) {
        String currency = orEmpty(cells.text("Invoice Currency Code"));
        String transaction = cells.text("Transaction Currency Code");
        if (transaction != null && !transaction.equals(currency)) {
            cells.faults()
                    .add(
                            BillingCode.INVOICE_TWO_CURRENCIES,
                            cells.row(),
                            "Transaction Currency Code",
                            transaction,
                            "currency",
                            currency,
                            "invoice",
                            orEmpty(cells.text("Invoice Number")));
        }
    }

    private static Head head(Cells cells) {
        return new Head(
                cells.needed("Invoice Number"),
                cells.date("Invoice Date"),
                cells.currency("Invoice Currency Code"),
                "Invoice Currency Code",
                cells.amount("Invoice Amount"),
                "Invoice Amount");
    }

    private static InvoiceLine line(Cells cells, String classification, BigDecimal amount) {
        String category = orEmpty(cells.brief("Charge Category Code", 20));
        String detail = orEmpty(cells.brief("Charge Category Detail Code", 20));
        return new InvoiceLine(
                cells.row(),
                cells.id("Account Number"),
                cells.id("Tracking Number"),
                cells.id("Original tracking number"),
                cells.id("Lead Shipment Number"),
                cells.lines(
                        "Package Reference Number 1",
                        "Package Reference Number 2",
                        "Package Reference Number 3",
                        "Package Reference Number 4",
                        "Package Reference Number 5",
                        "Shipment Reference Number 1",
                        "Shipment Reference Number 2",
                        "Customer Reference Number",
                        "PO # 1"),
                shipped(cells),
                cells.date("Shipment Delivery Date"),
                classification.equals("FRT") ? cells.brief("Charge Description Code", 100) : null,
                zone(cells),
                Weights.in(
                        cells.text("Billed Weight Unit of Measure"),
                        cells.weight("Entered Weight"),
                        cells.text("Entered Weight Unit of Measure")),
                cells.weight("Billed Weight"),
                cells.brief("Billed Weight Unit of Measure", 10),
                cells.brief("Billed Weight Type", 20),
                cells.brief("Package Dimensions", 100),
                kind(category, detail, classification, cells.text("Tracking Number") != null, amount),
                TYPES.getOrDefault(classification, "uncategorized"),
                REASONS.contains(detail) ? detail : null,
                amount,
                list(cells, amount),
                classification.equals("TAX") ? amount : null,
                cells.exchangeRate("Invoice Exchange Rate"),
                category,
                detail,
                classification,
                cells.brief("Charge Description Code", 100),
                cells.brief("Charge Description", 500));
    }

    /** The net amount and the incentive taken off it; null where the file leaves the incentive out. */
    private static @Nullable BigDecimal list(Cells cells, BigDecimal net) {
        BigDecimal incentive = cells.number("Incentive Amount");
        return incentive == null || net.signum() < 0 ? null : net.add(incentive.abs());
    }

    private static @Nullable LocalDate shipped(Cells cells) {
        LocalDate transaction = cells.date("Transaction Date");
        return transaction == null ? cells.date("Shipment Date") : transaction;
    }

    /** A corrected zone is the one that was billed. */
    private static @Nullable String zone(Cells cells) {
        String corrected = cells.brief("Corrected Zone", 40);
        return corrected == null ? cells.brief("Zone", 40) : corrected;
    }

    /** A service charge of the week may carry a tracking number that is none of its own. */
    private static String kind(
            String category, String detail, String classification, boolean numbered, BigDecimal amount) {
        boolean charged = detail.equals("CADJ") && amount.signum() > 0;
        if (KINDS.containsKey(detail) && !charged) {
            return KINDS.get(detail);
        }
        if (classification.equals("MSC") || (category.equals("MIS") && !numbered)) {
            return "account_fee";
        }
        if (classification.equals("GOV") || classification.equals("TAX")) {
            return "duty_tax";
        }
        return category.equals("ADJ") || category.equals("RTN") ? "adjustment" : "label_charge";
    }

    private static boolean isHeader(List<String> row) {
        return row.size() >= FEWEST
                && row.get(0).strip().equalsIgnoreCase(COLUMNS.get(0))
                && row.get(52).strip().equalsIgnoreCase(COLUMNS.get(52));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static List<String> columns() {
        try (InputStream in = UpsBill.class.getResourceAsStream("ups.columns")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
