package io.waybill.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Documents of one file on their way into commits, in their order: while some are written to disk, the next are already
 * mapped and checked. Never more than two commits' worth are held.
 */
final class Ahead implements AutoCloseable {
    /** Characters of the documents of one commit, from which on no more join it. */
    private static final long HEAVY = 2_000_000;

    private final Taker taker;
    private final BiConsumer<Taker.Handed, Taken> told;
    private final ExecutorService beside = Executors.newSingleThreadExecutor(Ahead::thread);
    private List<Taker.Handed> waiting = new ArrayList<>();
    private long weight;
    private @Nullable Group next;

    /** @param told hears of each document as soon as it is durable, on the thread that calls this */
    Ahead(Taker taker, BiConsumer<Taker.Handed, Taken> told) {
        this.taker = taker;
        this.told = told;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "documents-ahead");
        thread.setDaemon(true);
        return thread;
    }

    /** What goes into one commit, and the rest of its way. */
    private record Group(List<Taker.Handed> documents, Future<Supplier<List<Taken>>> prepared) {
        List<Taken> taken() {
            try {
                return prepared.get().get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            }
        }
    }

    /** Hands a document on; it is taken in now or with a later one. */
    void add(Taker.Handed handed) {
        waiting.add(handed);
        weight += weight(handed.document());
        if (waiting.size() >= Taker.TOGETHER || weight >= HEAVY) {
            prepareWaiting();
        }
    }

    /** Takes in everything that was handed on. */
    void flush() {
        takeNext();
        List<Taker.Handed> rest = gathered();
        if (!rest.isEmpty()) {
            taker.takeSome(rest, () -> taker.takeAll(rest), told);
        }
    }

    private void prepareWaiting() {
        List<Taker.Handed> some = gathered();
        Future<Supplier<List<Taken>>> prepared = beside.submit(() -> taker.prepare(some));
        takeNext();
        next = new Group(some, prepared);
    }

    private List<Taker.Handed> gathered() {
        List<Taker.Handed> gathered = waiting;
        waiting = new ArrayList<>();
        weight = 0;
        return gathered;
    }

    private void takeNext() {
        Group group = next;
        next = null;
        if (group != null) {
            taker.takeSome(group.documents(), group::taken, told);
        }
    }

    private static long weight(Document document) {
        return document.rows().isEmpty()
                ? weight(document.tree())
                : document.rows().stream()
                        .flatMap(row -> row.cells().stream())
                        .mapToLong(String::length)
                        .sum();
    }

    private static long weight(JsonNode tree) {
        long weight = tree.isContainerNode() ? 0 : tree.asText().length();
        for (JsonNode part : tree) {
            weight += weight(part);
        }
        return weight;
    }

    /** What was not taken in is left. */
    @Override
    public void close() {
        beside.shutdown();
    }
}
