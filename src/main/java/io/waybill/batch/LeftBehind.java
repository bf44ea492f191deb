package io.waybill.batch;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.ledger.BatchRow;
import io.waybill.ledger.FileBook.Drop;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.LookBook;
import io.waybill.ledger.Namespaces;
import io.waybill.ledger.OutcomeBook.Outcome;
import io.waybill.ledger.StoppedRows.Brought;
import io.waybill.ledger.Tx;
import io.waybill.order.Json;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The file of a batch that was stopped, and that is gone, if only with its node: its rows get their word from what the ledger knows, without the file. */
record LeftBehind(Ledger ledger, KeptFiles files, String node) {
    private static final int PAGE = 1_000;
    private static final Pattern PLACE = Pattern.compile("[0-9a-f]{64}:(\\d+)@(\\d+)(?:-(\\d+))?");

    /**
     * @param why it is ended without the file
     * @throws ProblemException {@code file-in-work} while somebody takes it in
     */
    void end(BatchRow batch, Problem why) {
        Drop drop = drop(batch);
        ledger.commit(tx -> claim(tx, batch, drop)).ifPresent(file -> end(batch, file, why));
    }

    /** Empty where another has ended it since: what is claimed once more begins anew. */
    private Optional<FileRow> claim(Tx tx, BatchRow batch, Drop drop) {
        BatchRow now = tx.batches().lock(batch.id(), Namespaces.ALL).orElseThrow();
        boolean ended = KeptFiles.isTaken(now, tx.files().of(drop.source(), drop.fileSha256()));
        return ended || !now.state().equals("STOPPING") || !now.node().equals(batch.node())
                ? Optional.empty()
                : Optional.of(
                        tx.files().claim(drop, node, Passage.LEASE).orElseThrow(() -> Batch.inWork(batch.name())));
    }

    private void end(BatchRow batch, FileRow file, Problem why) {
        NavigableMap<Integer, Outcome> brought = brought(file);
        Integer counted = batch.documents();
        int last = Math.max(counted == null ? 0 : counted, brought.isEmpty() ? 0 : brought.lastKey());
        for (int next = file.nextDocument(); next <= last; next += PAGE) {
            int from = next;
            int to = Math.min(last, next + PAGE - 1);
            commit(batch, tx -> keep(tx, file, words(tx, batch, file, brought, from, to), to + 1));
        }
        commit(batch, tx -> finish(tx, file, last + 1, why));
    }

    /** Its row is locked meanwhile: what a node that only stood still says late of its documents is not overwritten. */
    private void commit(BatchRow batch, Consumer<Tx> work) {
        ledger.commitAll(tx -> {
            tx.batches().lock(batch.id(), Namespaces.ALL);
            work.accept(tx);
        });
    }

    private Drop drop(BatchRow batch) {
        return files.known(batch)
                .map(file -> new Drop(
                        file.source(), file.purpose(), file.fileSha256(), file.name(), file.size(), file.mapping()))
                .orElseGet(() -> {
                    Feed feed = files.feed(batch);
                    return new Drop(
                            batch.source(),
                            feed.purpose(),
                            batch.fileSha256(),
                            batch.name(),
                            batch.size(),
                            feed.mapping());
                });
    }

    /** What was taken in without a word in the file's own list, by its place in the file; another source may bring the same bytes. */
    private NavigableMap<Integer, Outcome> brought(FileRow file) {
        return ledger.read(tx -> {
            NavigableMap<Integer, Outcome> brought = new TreeMap<>();
            tx.stopped().brought(file.id(), order -> {
                JsonNode detail = Json.kept(order.detail());
                Matcher place = PLACE.matcher(detail.path("document").asText());
                if (detail.path("source").asText().equals(file.source())
                        && place.matches()
                        && Integer.parseInt(place.group(1)) >= file.nextDocument()) {
                    Outcome outcome = outcome(order, place);
                    brought.put(outcome.ordinal(), outcome);
                }
            });
            return brought;
        });
    }

    private static Outcome outcome(Brought order, Matcher place) {
        Fate.Result result = order.what().equals("revised") ? Fate.Result.REPLACED : Fate.Result.ACCEPTED;
        long first = Long.parseLong(place.group(2));
        long last = place.group(3) == null ? first : Long.parseLong(place.group(3));
        return new Outcome(
                Integer.parseInt(place.group(1)),
                first,
                last,
                order.orderId(),
                order.orderUid(),
                result.name(),
                null,
                null,
                null,
                null);
    }

    /** Of the documents from one place to another, but for those that were settled as the file was handed over before. */
    private static List<Outcome> words(
            Tx tx, BatchRow batch, FileRow file, Map<Integer, Outcome> brought, int from, int to) {
        Map<Integer, Outcome> known = tx.outcomes().of(file.id(), from - 1, PAGE).stream()
                .collect(Collectors.toMap(Outcome::ordinal, Function.identity()));
        Map<Integer, LookBook.Row> looked = tx.looks().rows(batch.id(), from - 1, PAGE).stream()
                .collect(Collectors.toMap(LookBook.Row::ordinal, Function.identity()));
        return IntStream.rangeClosed(from, to)
                .filter(ordinal -> brought.containsKey(ordinal) || !isSettled(known.get(ordinal)))
                .mapToObj(ordinal -> {
                    Outcome taken = brought.get(ordinal);
                    return taken == null ? notTaken(batch, ordinal, looked.get(ordinal)) : taken;
                })
                .toList();
    }

    private static boolean isSettled(@Nullable Outcome outcome) {
        return outcome != null && Outcomes.result(outcome).settled();
    }

    /** By its rows and its number where the batch was looked at, else by its place alone. */
    private static Outcome notTaken(BatchRow batch, int ordinal, LookBook.@Nullable Row looked) {
        Problem why = looked == null
                ? Problem.of(BatchCode.STOPPED_UNREAD, "document", ordinal, "node", batch.node())
                : Problem.of(BatchCode.STOPPED_BEFORE);
        return new Outcome(
                ordinal,
                looked == null ? 0 : looked.firstRow(),
                looked == null ? 0 : looked.lastRow(),
                looked == null ? null : looked.orderId(),
                null,
                Fate.Result.NOT_TAKEN.name(),
                why.code(),
                Outcomes.json(List.of(why)),
                null,
                null);
    }

    private void keep(Tx tx, FileRow file, List<Outcome> words, int next) {
        if (!tx.files().progress(file.id(), words, next, node, Passage.LEASE)) {
            throw Batch.inWork(file.name());
        }
    }

    private void finish(Tx tx, FileRow file, int next, Problem why) {
        keep(tx, file, List.of(), Math.max(next, file.nextDocument()));
        Map<Fate.Result, Integer> counts = new EnumMap<>(Fate.Result.class);
        tx.taken().results(file.id()).forEach((word, count) -> counts.put(Fate.Result.valueOf(word), count));
        Report report = new Report(
                file.id(), file.name(), true, counts, List.of(why), List.of(), file.archiveName(), null, null);
        tx.files().finish(file.id(), Batch.end(report));
    }
}
