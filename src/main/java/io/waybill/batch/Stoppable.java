package io.waybill.batch;

import io.waybill.ledger.FileBook.Outcome;
import io.waybill.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Takes documents in until their batch is stopped; of those behind that it says so. */
final class Stoppable implements Taker {
    private final Taker taker;
    private final Preview preview;
    private final Unrecorded unrecorded;
    private final BooleanSupplier stopped;
    private final Consumer<List<Outcome>> late;

    /**
     * @param stopped asked before each commit
     * @param late hears what was taken in in a commit that was begun before the stop and ended after it
     */
    Stoppable(
            Taker taker,
            Preview preview,
            Unrecorded unrecorded,
            BooleanSupplier stopped,
            Consumer<List<Outcome>> late) {
        this.taker = taker;
        this.preview = preview;
        this.unrecorded = unrecorded;
        this.stopped = stopped;
        this.late = late;
    }

    @Override
    public List<Taken> takeAll(List<Handed> handed) {
        return stopped.getAsBoolean()
                ? handed.stream()
                        .map(one -> unrecorded.of(one).orElseGet(() -> notTaken(one)))
                        .toList()
                : taken(handed);
    }

    /** What a killed run of this batch had taken in is its own, and not known from elsewhere. */
    private List<Taken> taken(List<Handed> handed) {
        List<Taken> taken = new ArrayList<>(taker.takeAll(handed));
        for (int i = 0; i < taken.size(); i++) {
            Taken one = taken.get(i);
            if (one.result() == Taken.Result.DUPLICATE) {
                taken.set(i, unrecorded.of(handed.get(i)).orElse(one));
            }
        }
        if (stopped.getAsBoolean()) {
            late.accept(IntStream.range(0, taken.size())
                    .filter(i -> isIn(taken.get(i)))
                    .mapToObj(i -> Outcomes.of(handed.get(i).document(), taken.get(i)))
                    .toList());
        }
        return taken;
    }

    private static boolean isIn(Taken taken) {
        return taken.result() == Taken.Result.ACCEPTED || taken.result() == Taken.Result.REPLACED;
    }

    private Taken notTaken(Handed handed) {
        Problem why = Problem.of(BatchCode.STOPPED_BEFORE);
        String number = preview.number(handed.document(), handed.context());
        return new Taken(Taken.Result.NOT_TAKEN, number, null, why.code(), List.of(why));
    }

    @Override
    public List<Problem> refuse(List<String> columns, Feed feed) {
        return taker.refuse(columns, feed);
    }
}
