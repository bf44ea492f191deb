package io.waybill.api;

import io.waybill.access.Caller;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Shortened;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call, as a resource sees it.
 *
 * @param id names it in logs and in a 500 answer
 * @param path as it was asked, normalised: {@code /v1/orders/ord_1}
 * @param parameters from the path: {@code {id}}
 * @param query the first value of each
 * @param twice all values of each of the query that was given more than once
 * @param headers the value of each, whatever the case of its name, its lines one list; no key
 * @param body all of it, within the limit; not copied
 * @param language what the answer is written in
 * @param upload where the body lies when it was not read into memory, until the answer is sent; or null
 * @param host as the caller spelled it; only for links in an answer
 * @param address where it came from; empty in process
 */
public record Request(
        String id,
        Caller caller,
        String method,
        String path,
        Map<String, String> parameters,
        Map<String, String> query,
        Map<String, List<String>> twice,
        Map<String, String> headers,
        byte[] body,
        @Nullable Path upload,
        Locale language,
        String host,
        String address) {

    private static final int PAGE = 100;

    /** Of a row that was made once, or of one that is found anew. */
    private static final String ID = "_([0-9A-Z]{26}|[0-9a-f]{32})";

    /** One whose body is in memory. */
    Request(
            String id,
            Caller caller,
            String method,
            String path,
            Map<String, String> parameters,
            Map<String, String> query,
            Map<String, String> headers,
            byte[] body,
            Locale language,
            String host) {
        this(id, caller, method, path, parameters, query, Map.of(), headers, body, null, language, host, "");
    }

    /** The body, wherever it lies. */
    public InputStream content() throws IOException {
        return upload == null ? new ByteArrayInputStream(body) : Files.newInputStream(upload);
    }

    /** @throws IllegalStateException when the path of the resource has no such parameter */
    public String parameter(String name) {
        String value = parameters.get(name);
        if (value == null) {
            throw new IllegalStateException("no {" + name + "} in the path of this resource");
        }
        return value;
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isBlank());
    }

    /**
     * What something is found by, or a list is narrowed to. One without a value is no wish for everything: who reads the first of a
     * list would take any for theirs.
     *
     * @throws ProblemException {@code bad-parameter}
     */
    Optional<String> named(String name) {
        String value = query.get(name);
        if (value != null && value.isBlank()) {
            throw badParameter(name, value, "legal.value");
        }
        return Optional.ofNullable(value);
    }

    /**
     * One without which nothing can be answered.
     *
     * @param legal the key of a text that says what it is: {@code legal.account}
     */
    String required(String name, String legal) {
        return query(name)
                .orElseThrow(() ->
                        new ProblemException(Problem.of(ApiCode.MISSING_PARAMETER, "name", name, "legal", legal)));
    }

    /**
     * One of a closed set, to which nothing does not belong.
     *
     * @throws ProblemException {@code bad-parameter}
     */
    Optional<String> among(String name, Collection<String> legal) {
        Optional<String> word = Optional.ofNullable(query.get(name));
        word.filter(said -> !legal.contains(said)).ifPresent(said -> {
            throw badParameter(name, said, String.join(", ", legal));
        });
        return word;
    }

    /**
     * Where a page of a list begins: behind the row of this id. One whose row is gone is still a place; one without a value is the
     * first page, as whoever asks for page after page begins.
     *
     * @param prefix of the ids of the list: {@code ord}
     * @throws ProblemException {@code bad-parameter} for what no page before ended with
     */
    Optional<String> cursor(String prefix) {
        Optional<String> cursor = query("cursor");
        cursor.filter(said -> !said.matches(prefix + ID)).ifPresent(said -> {
            throw badCursor(said);
        });
        return cursor;
    }

    /**
     * Where a page of a list begins that counts its rows: the place of the row before it, 0 for the first page.
     *
     * @throws ProblemException {@code bad-parameter} for what no page before ended with
     */
    int place() {
        return place("legal.next");
    }

    /**
     * The same of what is no list, and says no next page.
     *
     * @param legal the key of a text that says what the place is
     */
    int place(String legal) {
        String cursor = query("cursor").orElse("0");
        if (!cursor.matches("\\d{1,9}")) {
            throw badParameter("cursor", cursor, legal);
        }
        return Integer.parseInt(cursor);
    }

    /**
     * How many rows a page of a list has: {@value #PAGE} where the caller does not say.
     *
     * @throws ProblemException {@code bad-parameter} for none, or more than there may be
     */
    int limit(int most) {
        String text = query("limit").orElse(String.valueOf(PAGE));
        if (!text.matches("0*[1-9]\\d{0,3}") || Integer.parseInt(text) > most) {
            throw badParameter("limit", text, "1 - " + most);
        }
        return Integer.parseInt(text);
    }

    /**
     * A day: {@code 2026-11-30}.
     *
     * @throws ProblemException {@code bad-parameter}
     */
    Optional<LocalDate> day(String name) {
        return named(name).map(text -> {
            try {
                return Days.day(text);
            } catch (DateTimeException e) {
                throw badParameter(name, text, "legal.day");
            }
        });
    }

    /**
     * A moment, or the first one of a day in UTC.
     *
     * @throws ProblemException {@code bad-parameter}
     */
    Optional<Instant> from(String name) {
        return moment(name, 0);
    }

    /**
     * A moment, or the end of a day in UTC.
     *
     * @throws ProblemException {@code bad-parameter}
     */
    Optional<Instant> upTo(String name) {
        return moment(name, 1);
    }

    private Optional<Instant> moment(String name, int wholeDays) {
        return named(name).map(text -> {
            try {
                return text.length() == 10
                        ? Days.day(text)
                                .plusDays(wholeDays)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant()
                        : Days.moment(text);
            } catch (DateTimeException e) {
                throw badParameter(name, text, "2026-11-24, 2026-11-24T08:00:00Z");
            }
        });
    }

    /**
     * Whether a switch is on; off when it is not given. A word that is neither never counts as off: who mistypes
     * {@code dryRun} shall not buy, nor who leaves out its value.
     *
     * @throws ProblemException {@code bad-parameter}
     */
    public boolean isOn(String name) {
        String value = query.getOrDefault(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw badParameter(name, value, "true, false");
        }
        return value.equals("true");
    }

    /** @param legal words, the same in every language, or the key of a text: {@code legal.day} */
    static ProblemException badParameter(String name, String value, String legal) {
        return new ProblemException(bad(name, value, legal));
    }

    /** The same with a value that its text names. */
    static ProblemException badParameter(String name, String value, String legal, String known, Object its) {
        return new ProblemException(bad(name, value, legal).with(known, its));
    }

    /** The same of a field of the body. */
    static ProblemException badField(String name, String value, String legal) {
        return new ProblemException(bad(name, value, legal).at("/" + name));
    }

    private static Problem bad(String name, String value, String legal) {
        return Problem.of(ApiCode.BAD_PARAMETER, "name", name, "value", shown(value), "legal", legal);
    }

    static ProblemException badCursor(String cursor) {
        return badParameter("cursor", cursor, "legal.next");
    }

    static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "\uFFFD");
        return Shortened.openly(80, clean);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).filter(value -> !value.isBlank());
    }
}
