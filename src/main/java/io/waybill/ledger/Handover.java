package io.waybill.ledger;

import io.waybill.ledger.OutboxBook.Claim;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The events of one commit that go to their sinks' lines once it is on disk. */
final class Handover {
    private final Function<String, Optional<Room>> lines;
    private final List<Room> kept = new ArrayList<>();
    private final Map<Room, Claim> claimed = new LinkedHashMap<>();
    private long begun = System.nanoTime();

    /** @param lines by a sink's name */
    Handover(Function<String, Optional<Room>> lines) {
        this.lines = lines;
    }

    /** Of what is not on disk when it returns: nothing is handed over. */
    static Handover none() {
        return new Handover(sink -> Optional.empty());
    }

    /** The work runs, perhaps once more: what it claimed before is undone. */
    void begin() {
        giveBack();
        begun = System.nanoTime();
    }

    /** Keeps room for an event that may be claimed. */
    Optional<Room> room(String sink) {
        Optional<Room> room = lines.apply(sink);
        room.ifPresent(kept::add);
        return room;
    }

    void claimed(Room room, Claim claim) {
        kept.remove(room);
        claimed.put(room, claim);
    }

    /** All of it is on disk. */
    void hand() {
        Map<Room, Claim> all = new LinkedHashMap<>(claimed);
        claimed.clear();
        all.forEach((room, claim) -> room.take(claim, begun));
    }

    /** What was not handed over stays in the outbox: as due, or claimed until its lease is over where nobody knows what the database took. */
    void giveBack() {
        kept.forEach(Room::giveBack);
        claimed.keySet().forEach(Room::giveBack);
        kept.clear();
        claimed.clear();
    }
}
