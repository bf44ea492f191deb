package io.waybill.batch;

import io.waybill.ledger.FileBook;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.Tx;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Who reads a file. One that an earlier run of the hub had in work when it ended may be why it ended: such files are read one
 * at a time, each is counted before its reading begins, and after some ends at one place it is read no more.
 */
final class FileClaims {
    /** So many ends in a row are no chance. */
    static final int MOST = 5;

    private final Ledger ledger;
    private final String node;
    private final Place place;

    /** What this run has begun: that it is unfinished is no sign of an end. */
    private final Set<String> begun = ConcurrentHashMap.newKeySet();

    private final Semaphore alone = new Semaphore(1);

    /** @param node this node's name, the same after a restart: a file it left half taken is its own again at once */
    FileClaims(Ledger ledger, String node, Place place) {
        this.ledger = ledger;
        this.node = node;
        this.place = place;
    }

    /** How far a file is read. */
    interface Place {
        /** The document where its reading goes on. */
        int of(Tx tx, FileRow file);
    }

    /** What is done with a file that was claimed. */
    interface Reading<T> {
        /** @param endsHub why it is not to be read at all; empty when it is */
        T read(FileRow file, Optional<Problem> endsHub);
    }

    /** @throws ProblemException {@code file-in-work} when it is somebody else's, or has to wait until another is read */
    <T> T read(FileBook.Drop drop, Reading<T> reading) {
        String key = drop.source() + ":" + drop.fileSha256();
        boolean cutShort =
                !begun.contains(key) && ledger.read(tx -> tx.files().isBegun(drop.source(), drop.fileSha256()));
        if (cutShort && !alone.tryAcquire()) {
            throw Batch.inWork(drop.name());
        }
        try {
            Claimed claimed =
                    ledger.commit(tx -> claim(tx, drop, cutShort)).orElseThrow(() -> Batch.inWork(drop.name()));
            begun.add(key);
            T read = read(claimed, reading);
            begun.remove(key);
            return read;
        } finally {
            if (cutShort) {
                alone.release();
            }
        }
    }

    /** What cannot go on now, as without room on the disk, is put down: who starts a hub anew meanwhile ends no reading. */
    private <T> T read(Claimed claimed, Reading<T> reading) {
        try {
            return reading.read(claimed.file(), claimed.endsHub());
        } catch (RuntimeException e) {
            try {
                ledger.commitAll(tx -> tx.files().putDown(claimed.file().id(), node));
            } catch (RuntimeException lost) {
                e.addSuppressed(lost);
            }
            throw e;
        }
    }

    private record Claimed(FileRow file, Optional<Problem> endsHub) {}

    private Optional<Claimed> claim(Tx tx, FileBook.Drop drop, boolean cutShort) {
        return tx.files().claim(drop, node, Passage.LEASE).map(file -> {
            if (cutShort) {
                int document = place.of(tx, file);
                int times = EndsHub.times(file.problems(), document) + 1;
                Problem ends = EndsHub.problem(drop.name(), times, document);
                tx.files().note(file.id(), String.valueOf(Outcomes.json(List.of(ends))));
                return new Claimed(file, Optional.of(ends).filter(told -> times >= MOST));
            }
            return new Claimed(file, Optional.empty());
        });
    }
}
