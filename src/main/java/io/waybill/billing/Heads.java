package io.waybill.billing;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.ledger.InvoiceLine;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The invoices a file tells of, each once and in their order; nothing of it is taken in. */
final class Heads implements Layout.Charges {
    private final Map<String, Layout.Head> all = new LinkedHashMap<>();
    private final Map<String, Place> totals = new HashMap<>();

    /** Where a file first states what an invoice comes to. */
    record Place(long row, String column) {}

    private Heads() {}

    /** As far as it can be read: what is wrong with it was told when it was taken in. */
    static Heads of(Handed handed, Function<Handed, Layout> layouts) throws IOException {
        Heads heads = new Heads();
        Content.Look look = handed.content().look();
        try {
            heads.read(handed, layouts.apply(handed), look);
        } catch (ProblemException e) {
            // what was read until then
        }
        return heads;
    }

    List<Layout.Head> all() {
        return List.copyOf(all.values());
    }

    /** Empty where the file states no total of the invoice. */
    Optional<Place> total(String number) {
        return Optional.ofNullable(totals.get(number));
    }

    private void read(Handed handed, Layout layout, Content.Look look) throws IOException {
        Faults unheard = new Faults(handed.name());
        try (DocumentReader reader =
                Formats.open(handed.content().open(), handed.name(), layout.reading(look.format(), look.delimiter()))) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                layout.read(next, look.delimiter(), unheard, this);
            }
        }
    }

    @Override
    public void add(Layout.Head head, InvoiceLine line) {
        tell(head, line.fileRow());
    }

    @Override
    public void tell(Layout.Head head, long row) {
        all.putIfAbsent(head.number(), head);
        if (head.stated() != null) {
            totals.putIfAbsent(head.number(), new Place(row, head.totalColumn()));
        }
    }

    @Override
    public void passOver(long row, String why) {
        // no invoice of its own
    }
}
