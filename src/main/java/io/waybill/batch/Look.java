package io.waybill.batch;

import io.waybill.batch.Preview.Foreseen;
import io.waybill.batch.Preview.Price;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.ledger.BatchRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LookBook;
import io.waybill.ledger.Namespaces;
import io.waybill.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Looks at every document of a batch, from where an earlier look stood, and keeps what it finds; nothing is taken in. */
final class Look {
    /** Documents whose prices are asked for together. */
    private static final int TOGETHER = 8;

    private static final int SAVE_EVERY = 64;
    private static final long SAVE_AFTER = 1_000_000_000L;

    private final Ledger ledger;
    private final Preview preview;
    private final Taker taker;
    private final Feed feed;
    private final BatchRow batch;
    private final BooleanSupplier stopping;
    private final Map<String, LookBook.Row> becoming = new HashMap<>();
    private final List<LookBook.Row> unsaved = new ArrayList<>();
    private final Noted noted = new Noted();
    private long saved = System.nanoTime();
    private List<String> columns = List.of();
    private int next;

    Look(Ledger ledger, Preview preview, Taker taker, Feed feed, BatchRow batch, BooleanSupplier stopping) {
        this.ledger = ledger;
        this.preview = preview;
        this.taker = taker;
        this.feed = feed;
        this.batch = batch;
        this.stopping = stopping;
        this.next = batch.nextDocument();
    }

    /** Looks to the end of the file, or until it is to stop; answers what is wrong with the file as a whole. */
    List<Problem> at(Path file) {
        List<Problem> problems = WholeFile.read(file, batch.name(), feed, taker, this::all);
        save();
        return problems;
    }

    /** What is said of a file that could be read: that nothing was to be looked at, or what was noted of what was. */
    List<Problem> remarks() {
        return next > 1 ? noted.told() : List.of(WholeFile.empty(batch.name(), columns));
    }

    private void all(DocumentReader reader) {
        columns = reader.columns();
        List<Document> together = new ArrayList<>();
        try {
            boolean goesOn = !stopping.getAsBoolean();
            for (Document document = next(reader, goesOn); document != null; document = next(reader, goesOn)) {
                noted.of(document);
                if (document.ordinal() >= next) {
                    together.add(document);
                }
                if (together.size() == TOGETHER) {
                    look(together);
                    goesOn = !stopping.getAsBoolean();
                }
            }
        } finally {
            look(together);
        }
    }

    private static @Nullable Document next(DocumentReader reader, boolean goesOn) {
        return goesOn ? reader.next() : null;
    }

    private void look(List<Document> together) {
        List<Supplier<Foreseen>> answers = together.stream().map(this::ask).toList();
        for (int i = 0; i < together.size(); i++) {
            keep(together.get(i), answers.get(i).get());
        }
        together.clear();
        if (unsaved.size() >= SAVE_EVERY || System.nanoTime() - saved > SAVE_AFTER) {
            save();
        }
    }

    private Supplier<Foreseen> ask(Document document) {
        Taker.Context context =
                new Taker.Context(feed, Passage.key(batch.fileSha256(), document), null, batch.name(), null);
        return preview.look(Quarantine.withoutReason(document), context, batch.scope());
    }

    private void keep(Document document, Foreseen foreseen) {
        Foreseen told = again(document, foreseen);
        Fate fate = told.fate().noting(document.notes());
        Price price = told.price();
        LookBook.Row row = new LookBook.Row(
                document.ordinal(),
                document.firstRow(),
                document.lastRow(),
                told.namespace(),
                fate.orderId(),
                fate.uid(),
                told.contentSha256(),
                fate.result().name(),
                fate.code(),
                Outcomes.json(fate.problems()),
                told.held(),
                price == null ? null : price.account(),
                price == null ? null : price.carrier(),
                price == null ? null : price.service(),
                price == null ? null : price.total().amount(),
                price == null ? null : price.total().currency().getCurrencyCode());
        unsaved.add(row);
        next = document.ordinal() + 1;
        if (becomes(fate)) {
            becoming.put(key(row), row);
        }
    }

    /** An order that stands in the file twice is bought once; with other content the second is somebody's mistake. */
    private Foreseen again(Document document, Foreseen foreseen) {
        Fate fate = foreseen.fate();
        if (!becomes(fate) || fate.orderId() == null) {
            return foreseen;
        }
        LookBook.Row before = before(foreseen.namespace(), fate.orderId());
        if (before == null || before.ordinal() == document.ordinal()) {
            return foreseen;
        }
        boolean same = Objects.equals(before.contentSha256(), foreseen.contentSha256());
        Problem twice = Problem.of(
                BatchCode.BATCH_ORDER_TWICE,
                "orderId",
                fate.orderId(),
                "first",
                Outcomes.rows(before.firstRow(), before.lastRow()));
        Fate told = same
                ? new Fate(Fate.Result.DUPLICATE, fate.orderId(), fate.uid(), null, List.of())
                : new Fate(Fate.Result.CONFLICT, fate.orderId(), null, twice.code(), List.of(twice));
        return new Foreseen(told, foreseen.namespace(), foreseen.contentSha256(), false, null);
    }

    private LookBook.@Nullable Row before(@Nullable String namespace, String orderId) {
        LookBook.Row unsavedYet = becoming.get(namespace + "/" + orderId);
        return unsavedYet != null
                ? unsavedYet
                : ledger.read(tx -> tx.looks().becoming(batch.id(), List.of(orderId))).stream()
                        .filter(row -> Objects.equals(row.namespace(), namespace))
                        .findFirst()
                        .orElse(null);
    }

    private static boolean becomes(Fate fate) {
        return fate.result() == Fate.Result.ACCEPTED || fate.result() == Fate.Result.REPLACED;
    }

    private static String key(LookBook.Row row) {
        return row.namespace() + "/" + row.orderId();
    }

    private void save() {
        ledger.commitAll(tx -> tx.batches()
                .lock(batch.id(), Namespaces.ALL)
                .filter(now -> now.isLookOf(batch.node()))
                .ifPresent(now -> tx.looks().looked(batch.id(), unsaved, next)));
        unsaved.clear();
        becoming.clear();
        saved = System.nanoTime();
    }
}
