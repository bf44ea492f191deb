package io.waybill.billing;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.format.Format;
import io.waybill.format.Reading;
import io.waybill.ledger.Amounts;
import io.waybill.ledger.InvoiceLine;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Result;
import io.waybill.problem.Problem;
import io.waybill.text.Shortened;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Any bill a mapping to {@code invoice-line/1} can read: one row a parcel or a charge. */
final class MappedBill implements Layout {
    /** What such a mapping writes. */
    static final String SHAPE = "invoice-line/1";

    private static final String UNKNOWN = "uncategorized";

    private final Mapping mapping;
    private final String fileNumber;
    private boolean rowsSayIt;

    /** @param fileNumber the invoice's number where its rows do not say it */
    MappedBill(Mapping mapping, String fileNumber) {
        this.mapping = mapping;
        this.fileNumber = fileNumber;
    }

    @Override
    public String name() {
        return mapping.name();
    }

    /** As the mapping says, but a workbook where it speaks of CSV, and the other way round: the columns are the same. */
    @Override
    public Reading reading(Format format, char delimiter) {
        Reading own = mapping.reads();
        if (own.format().sheet() && !format.sheet()) {
            return own.as(format);
        }
        return format.sheet() && !own.format().sheet()
                ? Reading.of(format).withTable(own.table()).withGroupBy(own.groupBy())
                : own;
    }

    @Override
    public boolean fits(List<String> firstRow) {
        return mapping.check(firstRow, "").isEmpty();
    }

    /** What is wrong with a header. */
    List<Problem> problems(List<String> firstRow) {
        return mapping.check(firstRow, fileNumber);
    }

    @Override
    public List<String> missing(List<String> firstRow) {
        return List.of();
    }

    @Override
    public boolean isCalledByItsFile(String number) {
        return number.equals(fileNumber) && !rowsSayIt;
    }

    @Override
    public boolean mayBeAPart() {
        return true;
    }

    /** The mapping says how its figures are written; but what has no decimals has none. */
    @Override
    public int decimals(int ofCurrency) {
        return ofCurrency == 0 ? 0 : Amounts.KEPT;
    }

    @Override
    public void read(Document document, char delimiter, Faults faults, Charges charges) {
        Result result = mapping.apply(document);
        if (result instanceof Result.Failed failed) {
            failed.problems().forEach(problem -> faults.add(placed(problem, document.firstRow())));
        } else if (result instanceof Result.Mapped mapped) {
            mapped.tree().path("charges").forEach(charge -> {
                if (amount(charge.path("amount")).signum() != 0) {
                    charges.add(
                            head(mapped.tree(), charge),
                            line(new Row(document.firstRow(), mapped.tree(), faults), charge));
                } else {
                    if (mapped.tree().has("statedTotal")) {
                        charges.tell(head(mapped.tree(), charge), document.firstRow());
                    }
                    charges.passOver(document.firstRow(), charge.path("text").asText("") + " 0.00");
                }
            });
        } else if (result instanceof Result.Skipped skipped) {
            charges.passOver(document.firstRow(), skipped.reason());
        }
    }

    private static Problem placed(Problem problem, long row) {
        return problem.values().containsKey("row") ? problem : problem.with("row", row);
    }

    private Head head(JsonNode row, JsonNode charge) {
        String number = id(row, "invoiceNumber");
        rowsSayIt |= fileNumber.equals(number);
        return new Head(
                number == null ? fileNumber : number,
                date(row, "invoiceDate"),
                charge.path("amount").path("currency").asText(),
                "charges/amount/currency",
                row.has("statedTotal") ? amount(row.path("statedTotal")) : null,
                "statedTotal");
    }

    /** What a row was mapped to; a number the ledger cannot keep is told. */
    private record Row(long fileRow, JsonNode tree, Faults faults) {
        /** In the unit of what is billed, where the two are said in different ones. */
        @Nullable
        BigDecimal enteredWeight() {
            String billedIn = unit("billedWeight");
            return Weights.in(
                    billedIn, number(tree.at("/enteredWeight/value"), "enteredWeight", 15, 4), unit("enteredWeight"));
        }

        @Nullable
        BigDecimal billedWeight() {
            return number(tree.at("/billedWeight/value"), "billedWeight", 15, 4);
        }

        @Nullable
        String weightUnit() {
            String billedIn = unit("billedWeight");
            return billedIn == null ? unit("enteredWeight") : billedIn;
        }

        private @Nullable String unit(String weight) {
            return text(tree.path(weight), "unit");
        }

        @Nullable
        BigDecimal exchangeRate() {
            return number(tree.path("exchangeRate"), "exchangeRate", 11, 8);
        }

        private @Nullable BigDecimal number(JsonNode said, String field, int digits, int decimals) {
            if (said.isMissingNode() || said.isNull()) {
                return null;
            }
            BigDecimal number = new BigDecimal(said.asText());
            if (Figures.isWithin(number, digits, Integer.MAX_VALUE)) {
                return number.scale() <= decimals ? number : number.setScale(decimals, RoundingMode.HALF_UP);
            }
            faults.add(
                    BillingCode.INVOICE_BAD_NUMBER,
                    fileRow,
                    field,
                    said.asText(),
                    "digits",
                    digits,
                    "decimals",
                    decimals);
            return null;
        }
    }

    private static InvoiceLine line(Row mapped, JsonNode charge) {
        JsonNode row = mapped.tree();
        return new InvoiceLine(
                mapped.fileRow(),
                id(row, "account"),
                id(row, "trackingNumber"),
                id(row, "originalNumber"),
                id(row, "leadNumber"),
                references(row),
                date(row, "shipDate"),
                date(row, "deliveredOn"),
                text(row, "service"),
                text(row, "zone"),
                mapped.enteredWeight(),
                mapped.billedWeight(),
                mapped.weightUnit(),
                text(row, "weightType"),
                text(row, "dimensions"),
                kind(row, charge),
                charge.path("type").asText(UNKNOWN),
                text(charge, "reason"),
                amount(charge.path("amount")),
                charge.has("list") ? amount(charge.path("list")) : null,
                charge.has("tax") ? amount(charge.path("tax")) : null,
                mapped.exchangeRate(),
                null,
                null,
                null,
                text(charge, "code"),
                text(charge, "text"));
    }

    /** Where the mapping does not say it, and what a part is for is known. */
    private static String kind(JsonNode row, JsonNode charge) {
        String said = text(charge, "kind");
        if (said != null) {
            return said;
        }
        BigDecimal all = StreamSupport.stream(row.path("charges").spliterator(), false)
                .map(one -> amount(one.path("amount")))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        String type = charge.path("type").asText(UNKNOWN);
        boolean isBack = !type.equals(UNKNOWN) && Bill.isRefund(type, amount(charge.path("amount")), all);
        return isBack ? "refund" : "label_charge";
    }

    private static @Nullable String references(JsonNode row) {
        String all = Stream.concat(
                        Stream.ofNullable(id(row, "orderId")),
                        StreamSupport.stream(row.path("references").spliterator(), false)
                                .map(JsonNode::asText)
                                .map(Cells::unmarked))
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining("\n"));
        return all.isEmpty() ? null : Shortened.to(1000, all);
    }

    private static BigDecimal amount(JsonNode money) {
        String amount = money.path("amount").asText("");
        return amount.isEmpty() ? BigDecimal.ZERO : new BigDecimal(amount);
    }

    private static @Nullable LocalDate date(JsonNode row, String field) {
        String text = text(row, field);
        return text == null ? null : LocalDate.parse(text.substring(0, 10));
    }

    /** What names something, without the marks by which a spreadsheet program keeps it as text. */
    private static @Nullable String id(JsonNode row, String field) {
        String text = text(row, field);
        String name = text == null ? "" : Cells.unmarked(text);
        return name.isEmpty() ? null : name;
    }

    private static @Nullable String text(JsonNode row, String field) {
        return row.hasNonNull(field) ? row.path(field).asText() : null;
    }
}
