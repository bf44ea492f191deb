package io.waybill.billing;

import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.ledger.InvoiceLine;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The invoices a file tells of, each once and in their order; nothing of it is taken in. */
final class Heads implements Layout.Charges {
    private final Map<String, Layout.Head> all = new LinkedHashMap<>();

    private Heads() {}

    /** As far as it can be read: what is wrong with it was told when it was taken in. */
    static List<Layout.Head> of(Handed handed, Function<Handed, Layout> layouts) throws IOException {
        Heads heads = new Heads();
        Content.Look look = handed.content().look();
        try {
            heads.read(handed, layouts.apply(handed), look);
        } catch (ProblemException e) {
            // what was read until then
        }
        return List.copyOf(heads.all.values());
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
    }

    @Override
    public void passOver(long row, String why) {
        // no invoice of its own
    }
}
