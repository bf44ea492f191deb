package io.waybill.edge;

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

/** The rows that were taken in and then not marked, of each route since its look began. Safe for many threads. */
public final class Marks {
    private final Map<String, Unmarked> unmarked = new ConcurrentHashMap<>();

    /**
     * @param key of the first such row
     * @param rows how many there are
     */
    record Unmarked(String source, String key, Throwable why, int rows) {
        /** States of SQL that no other try changes: a value, a constraint, a right or a statement that does not fit. */
        private static final String FOR_PEOPLE = "(22|23|42|44|90).*";

        Problem problem() {
            Throwable last = why;
            while (last.getCause() != null && last.getCause() != last) {
                last = last.getCause();
            }
            if (isKeyless(last)) {
                return ((ProblemException) last).problems().get(0);
            }
            String words = last instanceof ProblemException told
                    ? told.problems().get(0).sentence(Locale.ENGLISH)
                    : Words.of(last).replaceAll("\\s+", " ").strip();
            return Problem.of(EdgeCode.ROW_UNMARKED, "source", source, "key", key, "rows", rows, "why", words);
        }

        boolean forPeople() {
            if (isKeyless(why)) {
                return true;
            }
            SQLException sql = ObjectHelper.getException(SQLException.class, why);
            return sql != null && String.valueOf(sql.getSQLState()).matches(FOR_PEOPLE);
        }
    }

    private static boolean isKeyless(Throwable why) {
        return why instanceof ProblemException problem
                && problem.problems().get(0).code().equals(PortCode.MISSING_KEY_COLUMN.code());
    }

    /** A row is taken in, or has no key to be taken in under: when the rest of its route fails, it is not marked. */
    void taken(Exchange exchange, String source, String key) {
        String route = exchange.getFromRouteId();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onFailure(Exchange failed) {
                Throwable why = failed.getException();
                Unmarked one = new Unmarked(source, key, why == null ? new IllegalStateException("failed") : why, 1);
                unmarked.merge(route, one, (first, next) -> new Unmarked(source, first.key, first.why, first.rows + 1));
            }
        });
    }

    /** Those of a route until now, which are forgotten; null when every row was marked. */
    @Nullable
    Unmarked of(String route) {
        return unmarked.remove(route);
    }
}
