package io.waybill.batch;

import io.waybill.ledger.BatchRow;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Namespaces;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The documents of a batch in the order of its file, a page at a time. */
public final class Lines {
    private static final int PAGE = 500;

    private final Ledger ledger;
    private final BatchRow batch;
    private final Namespaces scope;
    private final @Nullable String file;
    private final Deque<Line> page = new ArrayDeque<>();
    private int loaded;
    private boolean ended;

    Lines(Ledger ledger, BatchRow batch, Namespaces scope, int after) {
        this.ledger = ledger;
        this.batch = batch;
        this.scope = scope;
        this.loaded = after;
        Optional<FileRow> taken = batch.isLooked()
                ? Optional.empty()
                : ledger.read(tx -> tx.files().of(batch.source(), batch.fileSha256()));
        this.file = taken.map(FileRow::id).orElse(null);
    }

    /** The next one, or null after the last. */
    public @Nullable Line next() {
        if (page.isEmpty() && !ended) {
            List<Line> more = more();
            ended = more.size() < PAGE;
            page.addAll(more);
            loaded = more.isEmpty() ? loaded : more.get(more.size() - 1).ordinal();
        }
        return page.poll();
    }

    private List<Line> more() {
        return file == null
                ? ledger.read(tx -> tx.looks().rows(batch.id(), loaded, PAGE)).stream()
                        .map(Line::of)
                        .toList()
                : ledger.read(tx -> tx.taken().of(file, scope, loaded, PAGE)).stream()
                        .map(Line::of)
                        .toList();
    }
}
