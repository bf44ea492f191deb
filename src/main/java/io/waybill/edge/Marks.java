package io.waybill.edge;

import io.waybill.batch.BatchCode;
import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Words;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Route;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were taken in and then not marked, and the files that could not be taken in or removed, of each route since its look
 * began. Safe for many threads.
 */
public final class Marks {
    private final Map<String, Unmarked> unmarked = new ConcurrentHashMap<>();

    private enum Kind {
        ROW,
        FILE,
        SENT
    }

    /**
     * @param key of the first such row, or its name
     * @param rows how many there are
     */
    record Unmarked(String source, Kind kind, String key, Throwable why, int rows) {
        /** States of SQL that no other try changes: a value or a constraint that does not fit; nor a statement that is refused. */
        private static final String FOR_PEOPLE = "(22|23|44|90).*";

        Problem problem() {
            Throwable last = why;
            while (last.getCause() != null && last.getCause() != last) {
                last = last.getCause();
            }
            if (isOfQuery(why) || isKept(why)) {
                return ((ProblemException) why).problems().get(0);
            }
            String words = last instanceof ProblemException told
                    ? told.problems().get(0).sentence(Locale.ENGLISH)
                    : Words.of(last).replaceAll("\\s+", " ").strip();
            return switch (kind) {
                case ROW -> Problem.of(EdgeCode.ROW_UNMARKED, "source", source, "key", key, "rows", rows, "why", words);
                case FILE -> Problem.of(EdgeCode.FILE_STAYS, "source", source, "name", key, "why", words);
                case SENT -> Problem.of(EdgeCode.FILE_NOT_SENT, "source", source, "name", key, "why", words);
            };
        }

        boolean forPeople() {
            if (isOfQuery(why) || isKept(why)) {
                return true;
            }
            SQLException sql = ObjectHelper.getException(SQLException.class, why);
            return sql != null
                    && (TableWatch.refuses(sql)
                            || String.valueOf(sql.getSQLState()).matches(FOR_PEOPLE));
        }
    }

    /** Its query leaves out what a row is known by, has it in two rows, or does not fit its mapping. */
    private static boolean isOfQuery(Throwable why) {
        return is(PortCode.MISSING_KEY_COLUMN, why)
                || is(EdgeCode.ROW_NUMBER_TWICE, why)
                || is(PortCode.ROW_COLUMNS_MISSING, why)
                || is(PortCode.ROW_COLUMNS_SURPLUS, why);
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
        watch(exchange, source, Kind.ROW, key);
    }

    /** A file of a folder is handed over: when the rest of its route fails, it stays there. */
    void handed(Exchange exchange, String source, String name) {
        watch(exchange, source, Kind.FILE, name);
    }

    /** A file that lies in the folder of a route and is never handed over. */
    void unread(String route, String source, String name, IOException why) {
        failed(route, new Unmarked(source, Kind.FILE, name, why, 1));
    }

    /** What watches the folders of sources whose files no port takes, as what is sent to a partner; for a context before its routes. */
    public RoutePolicyFactory ofSent() {
        return (context, id, route) -> id.startsWith(Consumers.SOURCE) ? new Sent() : null;
    }

    private final class Sent extends RoutePolicySupport {
        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            GenericFile<?> file = exchange.getProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, GenericFile.class);
            Throwable why = exchange.getException();
            if (why != null
                    && file != null
                    && exchange.getFromEndpoint() instanceof FileEndpoint
                    && exchange.getProperty("source") == null) {
                String source = Consumers.source(route.getRouteId());
                failed(route.getRouteId(), new Unmarked(source, Kind.SENT, file.getFileNameOnly(), why, 1));
            }
        }
    }

    private void failed(String route, Unmarked one) {
        unmarked.merge(
                route,
                one,
                (first, next) -> new Unmarked(first.source, first.kind, first.key, first.why, first.rows + 1));
    }

    private void watch(Exchange exchange, String source, Kind kind, String key) {
        String route = exchange.getFromRouteId();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onFailure(Exchange failed) {
                Throwable why = failed.getException();
                Throwable known = why == null ? new IllegalStateException("failed") : why;
                Marks.this.failed(route, new Unmarked(source, kind, key, known, 1));
            }
        });
    }

    /** Those of a route until now, which are forgotten; null when every row was marked and every file taken in. */
    @Nullable
    Unmarked of(String route) {
        return unmarked.remove(route);
    }
}
