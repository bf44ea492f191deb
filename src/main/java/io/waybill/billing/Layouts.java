package io.waybill.billing;

import io.waybill.carrier.Account;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Mappings;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Sha256;
import io.waybill.text.Shortened;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The layouts invoices are read in: the carriers' own, and every mapping to {@code invoice-line/1}. */
final class Layouts {
    private static final List<Layout> OWN = List.of(new UpsBill(), new FedexBill(null), new DhlBill());

    /** So many digits tell one long name from another. */
    private static final int TELLING = 12;

    private final Mappings mappings;
    private final Contracts contracts;

    Layouts(Mappings mappings, Contracts contracts) {
        this.mappings = mappings;
        this.contracts = contracts;
    }

    /** Of the carriers' own. */
    static List<String> carriers() {
        return OWN.stream().map(Layout::name).toList();
    }

    /** @throws ProblemException {@code invoice-unknown-layout}, with the names there are; {@code invoice-bad-currency} of the one handed over */
    Layout named(Handed handed, Account account) {
        return named(handed, () -> contracts.of(account.name()).currency());
    }

    /** The same where no account is known. */
    Layout named(Handed handed) {
        return named(handed, () -> null);
    }

    private Layout named(Handed handed, Supplier<@Nullable String> agreed) {
        if (handed.currency() != null && !Cells.isCurrency(handed.currency())) {
            throw new ProblemException(
                    Problem.of(BillingCode.INVOICE_BAD_CURRENCY, "column", "currency", "value", handed.currency()));
        }
        return switch (handed.layout()) {
            case "ups" -> new UpsBill();
            case "fedex" -> new FedexBill(handed.currency() != null ? handed.currency() : agreed.get());
            case "dhl-express" -> new DhlBill();
            case PulledBill.NAME -> new PulledBill();
            default -> mapped(handed);
        };
    }

    private Layout mapped(Handed handed) {
        if (mappings.names().contains(handed.layout())) {
            Mapping mapping = mappings.get(handed.layout());
            if (mapping.writes().equals(MappedBill.SHAPE)) {
                return new MappedBill(mapping, number(handed.name()));
            }
        }
        throw new ProblemException(Problem.of(
                BillingCode.INVOICE_UNKNOWN_LAYOUT, "layout", handed.layout(), "known", String.join(", ", known())));
    }

    /** What a file is called, without what its name says of its format; of a long name the beginning and what tells it from others. */
    private static String number(String name) {
        String number = name.replaceFirst("(?i)(\\.(csv|xlsx|xls|txt|gz))+$", "");
        return number.length() <= Cells.LONGEST_ID
                ? number
                : Shortened.to(Cells.LONGEST_ID - 1 - TELLING, number) + '~' + Shortened.to(TELLING, Sha256.of(number));
    }

    private List<String> known() {
        return Stream.concat(
                        carriers().stream(),
                        mappings.names().stream()
                                .filter(name -> mappings.get(name).writes().equals(MappedBill.SHAPE)))
                .toList();
    }

    /** The carrier in whose own layout a file is, by its first row; empty where it is in none of them. */
    static Optional<String> carrierOf(Content content, String name) throws IOException {
        Content.Look look = content.look();
        for (Layout layout : OWN) {
            try (DocumentReader reader =
                    Formats.open(content.open(), name, layout.reading(look.format(), look.delimiter()))) {
                Document first = reader.next();
                if (first != null && layout.fits(stripped(firstRow(layout, first, reader)))) {
                    return Optional.of(layout.name());
                }
            } catch (ProblemException e) {
                // not in this layout
            }
        }
        return Optional.empty();
    }

    private static List<String> firstRow(Layout layout, Document first, DocumentReader reader) {
        return layout instanceof UpsBill && !first.rows().isEmpty()
                ? first.rows().get(0).cells()
                : reader.columns();
    }

    private static List<String> stripped(List<String> row) {
        return row.stream().map(String::strip).toList();
    }

    /** Whether a file is what it is said to be, by its first row: another carrier's is called by its name. */
    static void check(Layout layout, Document first, DocumentReader reader, Faults faults) {
        check(layout, firstRow(layout, first, reader), faults);
    }

    private static void check(Layout layout, List<String> firstRow, Faults faults) {
        if (firstRow.isEmpty()) {
            return;
        }
        List<String> clean = stripped(firstRow);
        if (layout.fits(clean)) {
            layout.missing(clean)
                    .forEach(column ->
                            faults.add(BillingCode.INVOICE_COLUMN_MISSING, 1, column, "", "carrier", layout.name()));
            return;
        }
        OWN.stream()
                .filter(other -> !other.name().equals(layout.name()) && other.fits(clean))
                .findFirst()
                .ifPresentOrElse(
                        other -> faults.add(Problem.of(
                                        BillingCode.INVOICE_WRONG_CARRIER,
                                        "asked",
                                        layout.name(),
                                        "looks",
                                        other.name())
                                .with("row", 1)),
                        () -> unlike(layout, clean, faults));
    }

    private static void unlike(Layout layout, List<String> firstRow, Faults faults) {
        List<String> missing = layout.missing(firstRow);
        if (layout instanceof MappedBill mapped) {
            mapped.problems(firstRow).forEach(faults::add);
        } else if (missing.isEmpty()) {
            faults.add(BillingCode.INVOICE_NOT_OF_CARRIER, 1, "1", firstRow.get(0), "carrier", layout.name());
        } else {
            missing.forEach(
                    column -> faults.add(BillingCode.INVOICE_COLUMN_MISSING, 1, column, "", "carrier", layout.name()));
        }
    }
}
