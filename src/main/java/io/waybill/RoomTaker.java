package io.waybill;

import io.waybill.batch.Fate;
import io.waybill.batch.Feed;
import io.waybill.batch.Taker;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Takes documents in while there is room; without room a file stays, and goes on later where it stood. */
record RoomTaker(Taker taker, BooleanSupplier hasRoom) implements Taker {
    @Override
    public List<Fate> takeAll(List<Handed> handed) {
        return prepare(handed).commit().get();
    }

    @Override
    public Prepared<Fate> prepare(List<Handed> handed) {
        return taker.prepare(handed).with(commit -> {
            if (!hasRoom.getAsBoolean()) {
                throw new IllegalStateException("the disk is low; the document is taken in when there is room");
            }
            return commit.get();
        });
    }

    @Override
    public List<Problem> refuse(List<String> columns, Feed feed) {
        return taker.refuse(columns, feed);
    }

    @Override
    public List<String> unread(List<String> columns, Feed feed) {
        return taker.unread(columns, feed);
    }
}
