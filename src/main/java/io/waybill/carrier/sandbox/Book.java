package io.waybill.carrier.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The carrier's memory: lines {@code {"sold": {…}}} and {@code {"voided": id, "at": …}} in a {@link Journal}. Whatever
 * is answered from here is on disk. Memory holds only where each sale stands; it is read back from the file.
 */
final class Book implements Closeable {
    /** A sandbox is not a warehouse: past this many sales it answers that it is full. */
    static final int MAX_SALES = 500_000;

    private final Journal journal;
    private final Map<String, Slot> byKey = new HashMap<>();
    private final Map<String, Slot> byId = new HashMap<>();
    private final Map<String, Slot> byReference = new HashMap<>();
    private final Map<String, Slot> byNumber = new HashMap<>();
    private long serial = 1;

    /** Where a sale stands, and when it was given back. */
    private static final class Slot {
        final Journal.Line line;
        volatile @Nullable Instant voidedAt;

        Slot(Journal.Line line) {
            this.line = line;
        }
    }

    /** @param isNew whether this very call sold it */
    record Entry(Sale sale, @Nullable Instant voidedAt, boolean isNew) {
        boolean inEffect(Instant now) {
            return !sale.effectiveAt().isAfter(now);
        }

        boolean live(Instant now) {
            return voidedAt == null && inEffect(now);
        }
    }

    private Book(Journal journal) {
        this.journal = journal;
    }

    /** @throws IOException when the file is damaged, or open already */
    static Book open(Path path) throws IOException {
        Book book = new Book(Journal.open(path));
        book.replay();
        return book;
    }

    /**
     * Sells once a key. Answers the sale that stands under the key; a voided one makes room for another body.
     *
     * @param make the sale with this serial as its first number
     */
    Entry sell(String key, String bodySha256, LongFunction<Sale> make) {
        Entry entry;
        synchronized (this) {
            Optional<Entry> earlier = entry(byKey.get(key));
            entry = earlier.isPresent() && !makesRoom(earlier.get(), bodySha256)
                    ? earlier.get()
                    : new Entry(record(make.apply(serial)), null, true);
        }
        journal.force(journal.end());
        return entry;
    }

    /** Marks a sale as given back; false when it was before. */
    boolean giveBack(String id, Instant at) {
        boolean first = false;
        synchronized (this) {
            Slot slot = byId.get(id);
            if (slot != null && slot.voidedAt == null) {
                journal.append(Json.object().put("voided", id).put("at", at.toString()));
                slot.voidedAt = at;
                first = true;
            }
        }
        journal.force(journal.end());
        return first;
    }

    Optional<Entry> byId(String id) {
        return find(byId, id);
    }

    Optional<Entry> byReference(String reference) {
        return find(byReference, reference);
    }

    Optional<Entry> byNumber(String trackingNumber) {
        return find(byNumber, trackingNumber);
    }

    /** Every sale in the order it was made. */
    void forEach(Consumer<Entry> reader) {
        journal.force(journal.end());
        journal.forEach((json, line) -> {
            if (json.has("sold")) {
                Sale sale = sale(json);
                reader.accept(new Entry(sale, voidedAt(sale.id()), false));
            }
        });
    }

    @Override
    public void close() throws IOException {
        journal.close();
    }

    private static boolean makesRoom(Entry earlier, String bodySha256) {
        return earlier.voidedAt() != null && !earlier.sale().bodySha256().equals(bodySha256);
    }

    private Optional<Entry> find(Map<String, Slot> index, String value) {
        Optional<Entry> found;
        synchronized (this) {
            found = entry(index.get(value));
        }
        journal.force(journal.end());
        return found;
    }

    private Optional<Entry> entry(@Nullable Slot slot) {
        return slot == null
                ? Optional.empty()
                : Optional.of(new Entry(sale(journal.read(slot.line)), slot.voidedAt, false));
    }

    private synchronized @Nullable Instant voidedAt(String id) {
        Slot slot = byId.get(id);
        return slot == null ? null : slot.voidedAt;
    }

    private Sale record(Sale sale) {
        if (byId.size() >= MAX_SALES) {
            throw Refusal.of(507, "book_full", "the sandbox has sold its " + MAX_SALES + " labels; start a new book");
        }
        ObjectNode json = Json.object();
        json.set("sold", Json.MAPPER.valueToTree(sale));
        index(sale, new Slot(journal.append(json)));
        return sale;
    }

    private void index(Sale sale, Slot slot) {
        byKey.put(sale.key(), slot);
        byId.put(sale.id(), slot);
        byReference.put(sale.reference(), slot);
        sale.numbers().forEach(number -> byNumber.put(number, slot));
        serial += sale.numbers().size();
    }

    private synchronized void replay() {
        journal.forEach((json, line) -> {
            if (json.has("sold")) {
                index(sale(json), new Slot(line));
            } else {
                Slot slot = byId.get(Json.text(json, "voided"));
                if (slot != null) {
                    slot.voidedAt = Instant.parse(Json.text(json, "at"));
                }
            }
        });
    }

    private static Sale sale(JsonNode json) {
        return Json.MAPPER.convertValue(json.get("sold"), Sale.class);
    }
}
