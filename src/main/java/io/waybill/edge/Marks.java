package io.waybill.edge;

import io.waybill.batch.BatchCode;
import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Words;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were taken in and then not marked, and the files that could not be taken in or removed, of each route since its look
 * began. Safe for many threads.
 */
public final class Marks {
    private final Map<String, Unmarked> unmarked = new ConcurrentHashMap<>();

    /**
     * @param isFile whether these are files
     * @param key of the first such row, or its name
     * @param rows how many there are
     */
    record Unmarked(String source, boolean isFile, String key, Throwable why, int rows) {
        /** States of SQL that no other try changes: a value, a constraint, a right or a statement that does not fit. */
        private static final String FOR_PEOPLE = "(22|23|42|44|90).*";

        Problem problem() {
            Throwable last = why;
            while (last.getCause() != null && last.getCause() != last) {
                last = last.getCause();
            }
            if (isKeyless(why) || isKept(why)) {
                return ((ProblemException) why).problems().get(0);
            }
            String words = last instanceof ProblemException told
                    ? told.problems().get(0).sentence(Locale.ENGLISH)
                    : Words.of(last).replaceAll("\\s+", " ").strip();
            if (isFile) {
                return Problem.of(EdgeCode.FILE_STAYS, "source", source, "name", key, "why", words);
            }
            return Problem.of(EdgeCode.ROW_UNMARKED, "source", source, "key", key, "rows", rows, "why", words);
        }

        boolean forPeople() {
            if (isKeyless(why) || isKept(why)) {
                return true;
            }
            SQLException sql = ObjectHelper.getException(SQLException.class, why);
            return sql != null && String.valueOf(sql.getSQLState()).matches(FOR_PEOPLE);
        }
    }

    private static boolean isKeyless(Throwable why) {
        return is(PortCode.MISSING_KEY_COLUMN, why);
    }

    private static boolean isKept(Throwable why) {
        return is(BatchCode.FILE_NOT_REMOVED, why);
    }

    private static boolean is(Code code, Throwable why) {
        return why instanceof ProblemException problem
                && problem.problems().get(0).code().equals(code.code());
    }

    /** A row is taken in, or has no key to be taken in under: when the rest of its route fails, it is not marked. */
    void taken(Exchange exchange, String source, String key) {
        watch(exchange, source, false, key);
    }

    /** A file of a folder is handed over: when the rest of its route fails, it stays there. */
    void handed(Exchange exchange, String source, String name) {
        watch(exchange, source, true, name);
    }

    private void watch(Exchange exchange, String source, boolean isFile, String key) {
        String route = exchange.getFromRouteId();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onFailure(Exchange failed) {
                Throwable why = failed.getException();
                Throwable known = why == null ? new IllegalStateException("failed") : why;
                unmarked.merge(
                        route,
                        new Unmarked(source, isFile, key, known, 1),
                        (first, next) -> new Unmarked(source, isFile, first.key, first.why, first.rows + 1));
            }
        });
    }

    /** Those of a route until now, which are forgotten; null when every row was marked and every file taken in. */
    @Nullable
    Unmarked of(String route) {
        return unmarked.remove(route);
    }
}
