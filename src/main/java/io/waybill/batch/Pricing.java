package io.waybill.batch;

import io.waybill.batch.Prices.Priced;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.ledger.ComparedRows;
import io.waybill.ledger.ComparedSheet;
import io.waybill.ledger.Ledger;
import io.waybill.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Prices every document of a sheet, from where it stood before, and keeps what it finds; nothing is taken in. */
final class Pricing {
    /** Documents whose prices are asked for at once; each account answers as many of its questions at once as its settings say. */
    private static final int TOGETHER = 8;

    private static final int SAVE_EVERY = 64;
    private static final long SAVE_AFTER = 1_000_000_000L;

    private final Ledger ledger;
    private final Prices prices;
    private final Taker taker;
    private final Feed feed;
    private final ComparedSheet sheet;
    private final BooleanSupplier stopping;
    private final Noted noted = new Noted();
    private final Deque<Asked> asked = new ArrayDeque<>();
    private final List<ComparedRows.Row> unsaved = new ArrayList<>();
    private long saved = System.nanoTime();
    private int next;

    Pricing(Ledger ledger, Prices prices, Taker taker, Feed feed, ComparedSheet sheet, BooleanSupplier stopping) {
        this.ledger = ledger;
        this.prices = prices;
        this.taker = taker;
        this.feed = feed;
        this.sheet = sheet;
        this.stopping = stopping;
        this.next = sheet.nextDocument();
    }

    /** A document whose prices are on their way. */
    private record Asked(Document document, Supplier<Priced> answer) {}

    /** Prices to the end of the file, or until the hub stops; answers what is wrong with the file as a whole. */
    List<Problem> of(Path file) {
        List<Problem> problems = WholeFile.read(file, sheet.name(), feed, taker, this::all);
        save();
        return problems;
    }

    /** What was noted of the file, of each kind the first. */
    List<Problem> remarks() {
        return noted.first();
    }

    private void all(DocumentReader reader) {
        try {
            for (Document document = reader.next();
                    document != null && document.ordinal() <= sheet.most() && !stopping.getAsBoolean();
                    document = reader.next()) {
                noted.of(document);
                if (document.ordinal() >= next) {
                    ask(document);
                }
            }
        } finally {
            while (!asked.isEmpty()) {
                keepFirst();
            }
        }
    }

    private void ask(Document document) {
        asked.add(new Asked(document, prices.of(Quarantine.withoutReason(document), feed, sheet.scope())));
        if (asked.size() == TOGETHER) {
            keepFirst();
        }
    }

    private void keepFirst() {
        Asked first = asked.remove();
        unsaved.add(ComparedLine.of(first.document(), first.answer().get()));
        next = first.document().ordinal() + 1;
        if (unsaved.size() >= SAVE_EVERY || System.nanoTime() - saved > SAVE_AFTER) {
            save();
        }
    }

    private void save() {
        ledger.commitAll(tx -> tx.comparedRows().priced(sheet.id(), unsaved, next));
        unsaved.clear();
        saved = System.nanoTime();
    }
}
