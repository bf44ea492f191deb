package io.waybill.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.ledger.Database;
import io.waybill.ledger.Ledger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever happens to orders between their first document and their last label, in whatever order, the books agree. */
abstract class AnyLifeContract {
    private static final int ORDERS = Integer.getInteger("walk.orders", 5);
    private static final int LENGTH = Integer.getInteger("walk.length", 120);
    private static final long FIRST = Long.getLong("walk.seed", 1);

    private Ledger ledger;
    private LifeTables tables;
    private LifeTime time;
    private @Nullable Life life;

    abstract Database database();

    abstract int walks();

    @BeforeEach
    void open() throws SQLException {
        Database database = database();
        ledger = Ledger.open(database, (namespace, type) -> {
            if (life != null) {
                life.telling();
            }
            return List.of("oms");
        });
        tables = new LifeTables(database);
        time = new LifeTime(tables);
    }

    @AfterEach
    void close() throws SQLException {
        tables.close();
        ledger.close();
    }

    @Test
    void the_books_agree_whatever_happens() {
        Map<String, String> told = new TreeMap<>();
        for (long seed = FIRST; seed < FIRST + Integer.getInteger("walks", walks()); seed++) {
            List<LifeAct> acts = LifeAct.walk(seed, ORDERS, LENGTH);
            String promise = promise(broken(seed, acts));
            if (!promise.isEmpty() && !told.containsKey(promise)) {
                told.put(
                        promise,
                        "-Dwalk.seed=" + seed + "\n"
                                + broken(seed, shrunk(seed, acts)).orElse("only once"));
            }
        }
        assertThat(told.values()).isEmpty();
    }

    /** What is left when nothing more can be left out without its breaking otherwise. */
    private List<LifeAct> shrunk(long seed, List<LifeAct> acts) {
        List<LifeAct> few = acts;
        String promise = promise(broken(seed, acts));
        for (int size = acts.size() / 2; size > 0; size = size == 1 ? 0 : size / 2) {
            for (int at = 0; at + size <= few.size(); ) {
                List<LifeAct> fewer = new ArrayList<>(few);
                fewer.subList(at, at + size).clear();
                if (promise(broken(seed, fewer)).equals(promise)) {
                    few = fewer;
                } else {
                    at += size;
                }
            }
        }
        return few;
    }

    private static String promise(Optional<String> broken) {
        return broken.map(text -> text.substring(0, text.indexOf(':'))).orElse("");
    }

    private Optional<String> broken(long seed, List<LifeAct> acts) {
        time.clear();
        Life one = new Life(ledger, tables, time, seed);
        life = one;
        try {
            one.run(acts);
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            String trace = e instanceof AssertionError ? "" : "\n" + org.assertj.core.util.Throwables.getStackTrace(e);
            return Optional.of(said(e) + ":\n" + String.join("\n", one.history()) + trace);
        }
    }

    private static String said(Throwable e) {
        return e instanceof AssertionError ? String.valueOf(e.getMessage()) : e.toString();
    }
}
