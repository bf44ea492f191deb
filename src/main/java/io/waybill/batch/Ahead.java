package io.waybill.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.batch.Taker.Prepared;
import io.waybill.format.Document;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Documents of one file on their way into commits, in their order: while some are written to disk, the next are already
 * mapped and checked. Two commits are under way at once where neither says anything of the other's orders; never more than four
 * commits' worth are held.
 */
final class Ahead implements AutoCloseable {
    /** Characters of the documents of one commit, from which on no more join it. */
    private static final long HEAVY = 1_000_000;

    /** What a field weighs beside its text, also an empty one. */
    private static final int FIELD = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Ahead.class);
    private static final int COMMITS = 2;

    private final Taker taker;
    private final BiConsumer<Taker.Handed, Fate> told;
    private final ExecutorService beside = Executors.newSingleThreadExecutor(Ahead::thread);
    private final ExecutorService commits = Executors.newFixedThreadPool(COMMITS, Ahead::thread);
    private final Deque<Work> underWay = new ArrayDeque<>();
    private List<Taker.Handed> waiting = new ArrayList<>();
    private long weight;

    /** @param told hears of each document as soon as it is durable, in their order, on the thread that calls this */
    Ahead(Taker taker, BiConsumer<Taker.Handed, Fate> told) {
        this.taker = taker;
        this.told = told;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "documents-ahead");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * What goes into one commit.
     *
     * @param told complete once each of its documents is told; until then some may still be taken in by themselves
     */
    private record Group(List<Taker.Handed> documents, Future<Prepared<Fate>> prepared, CompletableFuture<Void> told) {
        /** Takes them in, after all of those before that it cannot go beside. */
        List<Fate> commit(List<Group> before) throws InterruptedException, ExecutionException {
            Prepared<Fate> mine = prepared.get();
            for (Group other : before) {
                if (!mine.isApartFrom(other.prepared.get())) {
                    other.told.get();
                }
            }
            return mine.commit().get();
        }
    }

    /** A commit that is under way. */
    private record Work(Group group, Future<List<Fate>> committed) {
        List<Fate> taken() {
            try {
                return committed.get();
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
            begin(gathered());
            finish(COMMITS);
        }
    }

    /** Takes in everything that was handed on. */
    void flush() {
        finish(0);
        List<Taker.Handed> rest = gathered();
        if (!rest.isEmpty()) {
            taker.takeSome(rest, () -> taker.takeAll(rest), told);
        }
    }

    private List<Taker.Handed> gathered() {
        List<Taker.Handed> gathered = waiting;
        waiting = new ArrayList<>();
        weight = 0;
        return gathered;
    }

    private void begin(List<Taker.Handed> documents) {
        List<Work> before = List.copyOf(underWay);
        Group group = new Group(documents, beside.submit(() -> taker.prepare(documents)), new CompletableFuture<>());
        underWay.add(new Work(
                group,
                commits.submit(
                        () -> group.commit(before.stream().map(Work::group).toList()))));
    }

    /** Tells of the oldest, until no more than so many are under way. */
    private void finish(int left) {
        while (underWay.size() > left) {
            Work oldest = underWay.element();
            taker.takeSome(oldest.group().documents(), oldest::taken, told);
            oldest.group().told().complete(null);
            underWay.remove();
        }
    }

    /** What is not told of is taken in again by whoever reads the file next; nothing of it is written once this returns. */
    @Override
    public void close() {
        underWay.forEach(work -> work.group().told().cancel(false));
        beside.shutdown();
        commits.shutdown();
        try {
            if (!commits.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("a commit takes long; its documents answer as taken in when their file goes on");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
        long weight = FIELD + (tree.isContainerNode() ? 0L : tree.asText().length());
        for (JsonNode part : tree) {
            weight += weight(part);
        }
        return weight;
    }
}
