package io.waybill.faults;

import io.waybill.failpoint.Failpoint;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One kill point of the purchase protocol: what is armed, what is sent to reach it, and how the hub fares there.
 *
 * @param armed as {@link Failpoint} reads it
 */
record Scenario(String name, String armed, Traffic traffic, End end) {
    enum Traffic {
        /** An order by REST; where a worker is free its intent is on disk with it. */
        ORDER,
        /** One whose answer the carrier loses. */
        LOST_ANSWER,
        /** A CSV file of ten orders, which wait for their turn. */
        FILE,
        /** A row of a table. */
        ROW,
        /** An order by REST whose label is given back. */
        VOID
    }

    enum End {
        /** It is gone at the point. */
        HALTS,
        /** It stands still at the point, longer than a lease, and goes on. */
        PAUSES,
        /** It stands still at the point, is cut off from its database, and goes on without it; where there is a wire. */
        IS_CUT_OFF,
        /** It suffers and lives. */
        LIVES
    }

    /** Every kill point; a new failpoint without a line here fails {@link ScenarioTest}. */
    static final List<Scenario> ALL = List.of(
            new Scenario("before the order is committed", "before-t0-commit=halt", Traffic.ORDER, End.HALTS),
            new Scenario(
                    "the order's commit in doubt", "before-t0-commit+commit-in-doubt=halt", Traffic.ORDER, End.HALTS),
            new Scenario("after T0, before the answer", "after-t0=halt", Traffic.ORDER, End.HALTS),
            new Scenario("mid-file after 5 rows", "mid-file=halt@5", Traffic.FILE, End.HALTS),
            new Scenario("all rows in, before the archive", "before-archive=halt", Traffic.FILE, End.HALTS),
            new Scenario("a row taken in, before its mark", "before-mark=halt", Traffic.ROW, End.HALTS),
            new Scenario("after the claim, before T1", "before-t1-commit=halt", Traffic.FILE, End.HALTS),
            new Scenario("T1 in doubt", "before-t1-commit+commit-in-doubt=halt", Traffic.FILE, End.HALTS),
            new Scenario("T1's answer lost", "before-t1-commit+commit-in-doubt=lose", Traffic.FILE, End.LIVES),
            new Scenario("after T1, before the first byte", "before-send=halt", Traffic.ORDER, End.HALTS),
            new Scenario("half the request sent", "half-sent=halt", Traffic.ORDER, End.HALTS),
            new Scenario("sold, answer in flight", "before-send+answer-in-flight=halt", Traffic.ORDER, End.HALTS),
            new Scenario("answer read, before T2", "before-t2=halt", Traffic.ORDER, End.HALTS),
            new Scenario("T2 written, not committed", "before-t2-commit=halt", Traffic.ORDER, End.HALTS),
            new Scenario("T2 in doubt", "before-t2-commit+commit-in-doubt=halt", Traffic.ORDER, End.HALTS),
            new Scenario("T2's answer lost", "before-t2-commit+commit-in-doubt=lose", Traffic.ORDER, End.LIVES),
            new Scenario("after T2, before the outbox", "after-t2=halt", Traffic.ORDER, End.HALTS),
            new Scenario("taken by the receiver, 2xx lost", "receiver-took=halt", Traffic.ORDER, End.HALTS),
            new Scenario("looked up, before T2", "in-recovery=halt", Traffic.LOST_ANSWER, End.HALTS),
            new Scenario("void sent, not recorded", "void-sent=halt", Traffic.VOID, End.HALTS),
            new Scenario("paused between check and send", "before-send=stop", Traffic.ORDER, End.PAUSES),
            new Scenario("disk full at T0", "before-t0-commit=full", Traffic.ORDER, End.LIVES),
            new Scenario("disk full at T1", "before-t1-commit=full", Traffic.FILE, End.LIVES),
            new Scenario("disk full at T2", "before-t2-commit=full", Traffic.ORDER, End.LIVES),
            new Scenario(
                    "cut off from the database after SEND",
                    "before-send+answer-in-flight=stop",
                    Traffic.ORDER,
                    End.IS_CUT_OFF));

    /** The point at which it happens. */
    Failpoint point() {
        String point = armed.replaceFirst("=.*", "").replaceFirst(".*\\+", "");
        return Arrays.stream(Failpoint.values())
                .filter(known -> known.word().equals(point))
                .findFirst()
                .orElseThrow();
    }

    static Stream<Failpoint> points() {
        return ALL.stream().map(Scenario::point).distinct();
    }
}
