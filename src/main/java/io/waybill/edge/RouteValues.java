package io.waybill.edge;

import io.waybill.billing.Billing;
import io.waybill.edge.RouteFile.Said;
import io.waybill.edge.RouteFile.Steps;
import io.waybill.edge.RouteFile.Template;
import io.waybill.edge.RouteFile.Use;
import io.waybill.format.Format;
import io.waybill.mapping.MappingCode;
import io.waybill.mapping.Nearest;
import io.waybill.problem.Code;
import io.waybill.problem.Problem;
import io.waybill.settings.Settings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/** What is given to a template where it is put to use: a number where its default is one, a pattern, what is configured and what is there. */
record RouteValues(Settings settings, RouteCheck.Checked file, Use use, Template template, MappingFacts facts) {
    private static final Set<String> COUNTS = Set.of("size", "rows", "consumers", "records", "least");
    private static final Set<String> ABOVE_ZERO = Set.of("size", "rows", "consumers", "records", "every");
    private static final Set<String> SQL = Set.of("query", "mark", "insert");
    /** A statement stands in an address, where such a sign and what follows are one byte, and {@code LIKE '%DE%'} would find nothing. */
    private static final Pattern BYTE = Pattern.compile("%\\p{XDigit}{2}");

    /** What parts an address, or stands in none. */
    private static final Pattern SIGN = Pattern.compile(BYTE + "|\\?|&&|\t");

    /** Where {@code --} begins no comment: in a text, a name, or another comment. */
    private static final Pattern ENCLOSED = Pattern.compile("'[^']*'|\"[^\"]*\"|/\\*.*?\\*/", Pattern.DOTALL);

    /** What a mark binds of the exchange, and of {@code row} the column. */
    private static final Pattern BOUND = Pattern.compile(":#\\$\\{exchangeProperty\\.(\\w+)(?:\\[([^\\]']*)])?}");

    /** What a statement of a sink binds of a row that the mapping wrote. */
    private static final Pattern WRITTEN = Pattern.compile(":#(?!in:)\\w+");

    /** What the port says of a row that was taken in. */
    private static final Set<String> OF_A_ROW = Set.of("key", "outcome", "result", "bad", "row");

    /** Camel takes a word for no time at all, and a file that is to lie still for none is read while it is written. */
    private static final Pattern TIME = Pattern.compile("\\d+|(\\d+\\s*(ms|[dhms])\\s*)+");

    void check() {
        template.parameters().forEach((name, fallback) -> {
            Said said = use.parameters().get(name);
            String value = value(name);
            if (said != null && value != null) {
                if (fallback != null && fallback.matches("\\d+")) {
                    number(name, value, fallback, said.line());
                }
                legal(name, value).ifPresent(legal -> bad(said.line(), name, value, legal));
                switch (name) {
                    case "include" -> pattern(value, said.line());
                    case "datasource", "account" -> named(name, value, said.line());
                    case "cluster" -> named("kafka", value, said.line());
                    case "system", "server" -> named("system", value, said.line());
                    case "keyColumn" -> keyColumn(value, said.line());
                    case "query" -> query(value, said.line());
                    case "mark" -> mark(value, said.line());
                    case "insert" -> insert(value, said.line());
                    case "carrier" -> carrier(value, said.line());
                    case "folder" -> folder(value, said.line());
                    default -> {}
                }
            }
        });
    }

    private @Nullable String value(String name) {
        Said said = use.parameters().get(name);
        return said == null
                ? null
                : Placeholders.filled(said.text(), key -> settings.value(key).orElse(null));
    }

    /** What would be legal instead; empty where the value is, as far as the template tells what it is for. */
    private Optional<String> legal(String name, String value) {
        Steps steps = template.steps();
        if (begins(steps.from(), "waybill-poll:")) {
            return PollValues.legal(name, value);
        }
        if (begins(steps.to(), "waybill-verify:")) {
            return PollValues.ofHook(name, value);
        }
        if (name.equals("folder") && value.isBlank() && begins(steps.from(), "file")) {
            return Optional.of("a folder, such as /mnt/orders");
        }
        if (SQL.contains(name) && (isNumbered(steps) || begins(steps.from(), "sql") || begins(steps.to(), "sql"))) {
            return ofSql(steps, value);
        }
        // what a sink writes, its verb knows
        boolean isFormat = name.equals("format") && file.name().startsWith("sources/") && !value.isBlank();
        return isFormat && Format.read(value).isEmpty()
                ? Optional.of(String.join(", ", Format.words()))
                : Optional.empty();
    }

    private static boolean isNumbered(Steps steps) {
        return begins(steps.from(), "waybill-rows");
    }

    /** Line ends are blanks by then; {@code waybill-rows} keeps its query otherwise, but not behind a bracket that closes. */
    private static Optional<String> ofSql(Steps steps, String value) {
        if (ENCLOSED.matcher(value).replaceAll(" ").contains("--")) {
            return Optional.of("no comment behind --, which would take all that follows with it: /* ... */");
        }
        if (isNumbered(steps) && !value.contains(")")) {
            return Optional.empty();
        }
        Pattern signs = isNumbered(steps) ? BYTE : SIGN;
        return signs.matcher(value).results().findFirst().map(taken -> instead(taken.group()));
    }

    private static String instead(String sign) {
        return switch (sign) {
            case "?" -> "no ?, at which the statement would end: CHR(63), or CHAR(63) on MySQL, MariaDB and SQL Server";
            case "&&" -> "no &&: AND, or arrayoverlap(a, b) of PostgreSQL's arrays";
            case "\t" -> "no tab: a blank";
            default -> byteless(sign.substring(1));
        };
    }

    private static String byteless(String digits) {
        return "no % right before " + digits + ", which would be one byte: '%' || '" + digits + "' or CONCAT('%', '"
                + digits + "')";
    }

    private static boolean begins(List<Said> uris, String with) {
        return uris.stream().anyMatch(uri -> uri.text().startsWith(with));
    }

    /** Of a time also in seconds, minutes or hours: {@code 90s}; never 0 where 0 would be to do it without end. */
    private void number(String name, String value, String fallback, int line) {
        try {
            long number = COUNTS.contains(name) ? Long.parseLong(value.strip()) : millis(value.strip());
            if (number > 0 || (number == 0 && !ABOVE_ZERO.contains(name))) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        bad(
                line,
                name,
                value,
                "a whole number" + (ABOVE_ZERO.contains(name) ? " above 0" : "") + ", such as " + fallback);
    }

    private static long millis(String time) {
        if (!TIME.matcher(time).matches()) {
            throw new IllegalArgumentException(time);
        }
        return TimeUtils.toMilliSeconds(time);
    }

    private void pattern(String value, int line) {
        try {
            Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            bad(line, "include", value, "a regular expression, such as .*\\.csv");
        }
    }

    private void carrier(String value, int line) {
        if (!Billing.carriers().contains(value)) {
            bad(line, "carrier", value, String.join(", ", Billing.carriers()));
        }
    }

    /** @param section where the settings name what it may be */
    private void named(String section, String value, int line) {
        Set<String> known = settings.section(section).names();
        if (!known.contains(value)) {
            add(
                    line,
                    RouteCode.ROUTE_NAME_UNKNOWN,
                    "section",
                    section,
                    "name",
                    value,
                    "nearest",
                    Nearest.to(value, known));
        }
    }

    private void keyColumn(String column, int line) {
        QueryColumns columns = QueryColumns.of(value("query"));
        if (columns.lack(column)) {
            add(line, RouteCode.ROUTE_KEY_UNREAD, "column", column, "nearest", Nearest.to(column, columns.names()));
        }
    }

    /** What the mapping of its rows cannot do without, or may not leave unread; only a template with a key column reads rows. */
    private void query(String query, int line) {
        String mapping = mapping();
        QueryColumns columns = QueryColumns.of(query);
        if (mapping == null || !template.parameters().containsKey("keyColumn") || columns.areUnknown()) {
            return;
        }
        for (Problem unfit : facts.unfit(mapping, List.copyOf(columns.names()))) {
            Map<String, String> said = unfit.values();
            boolean surplus = unfit.code().equals(MappingCode.UNMAPPED_SOURCE_FIELD.code());
            String column = said.getOrDefault(surplus ? "unread" : "column", "");
            String nearest = said.getOrDefault(surplus ? "near" : "nearest", "");
            if (surplus && columns.plain()) {
                add(line, RouteCode.ROUTE_COLUMN_SURPLUS, "columns", column, "mapping", mapping, "nearest", nearest);
            } else if (!surplus && QueryColumns.arePlain(column)) {
                String needed = said.getOrDefault("needed", "");
                Object[] values = {"column", column, "mapping", mapping, "needed", needed, "nearest", nearest};
                add(line, RouteCode.ROUTE_COLUMN_UNREAD, values);
            }
        }
    }

    /** What nobody says of a row would be bound as nothing: a reason lost, or a row that is never marked. */
    private void mark(String mark, int line) {
        if (!template.id().equals("order-sql")) {
            return;
        }
        QueryColumns columns = QueryColumns.of(value("query"));
        BOUND.matcher(mark)
                .results()
                .forEach(bound -> boundInstead(bound.group(1), bound.group(2), columns)
                        .ifPresent(legal -> bad(line, "mark", bound.group(), legal)));
    }

    private Optional<String> boundInstead(String fact, @Nullable String column, QueryColumns columns) {
        boolean isSet = template.steps().properties().contains(fact) || fact.startsWith("Camel");
        if (!isSet && !OF_A_ROW.contains(fact)) {
            return Optional.of("exchangeProperty.key, .outcome, .result, .bad or .row[column]");
        }
        if (isSet || column == null) {
            return Optional.empty();
        }
        // as they arrive
        String lower = column.toLowerCase(Locale.ROOT);
        String nearest = columns.lack(lower) ? Nearest.to(lower, columns.names()) : lower;
        return nearest.equals(column) ? Optional.empty() : Optional.of("exchangeProperty.row[" + nearest + "]");
    }

    /** What neither a row nor a header of the template has would be told by the database's step, of every event; where rows are copied whole that is not known. */
    private void insert(String insert, int line) {
        String mapping = value("mapping");
        List<String> written = mapping != null && template.id().equals("sink-sql") ? facts.columns(mapping) : List.of();
        if (written.isEmpty()) {
            return;
        }
        String named = value("columns");
        Set<String> bound = new TreeSet<>(Set.of(":#eventId", ":#line"));
        written.forEach(name -> bound.add(":#" + name));
        MappingVerb.columns(named == null ? "" : named).forEach(name -> bound.add(":#" + name));
        Set<String> headers = template.steps().headers();
        headers.forEach(name -> bound.add(":#" + name));
        WRITTEN.matcher(insert)
                .results()
                .map(MatchResult::group)
                .filter(name -> !bound.contains(name) && !headers.contains(name.substring(2)))
                .distinct()
                .forEach(name -> bad(line, "insert", name, Nearest.to(name, bound)));
    }

    /** As the route names it, else its source. */
    private @Nullable String mapping() {
        String named = value("mapping");
        String source = value("source");
        return (named != null && !named.isBlank()) || source == null
                ? named
                : settings.value("source." + source + ".mapping").orElse(null);
    }

    /** On this machine; it may yet be mounted. */
    private void folder(String folder, int line) {
        boolean elsewhere = template.parameters().containsKey("server");
        boolean watched = begins(template.steps().from(), "file");
        boolean written = file.name().startsWith("sinks/") && !elsewhere;
        if ((watched || written) && !folder.isBlank() && !isThere(folder)) {
            RouteCode code = watched ? RouteCode.ROUTE_WATCHED_ABSENT : RouteCode.ROUTE_FOLDER_ABSENT;
            file.warn(line, code, "folder", folder);
        }
    }

    private static boolean isThere(String folder) {
        try {
            return Files.isDirectory(Path.of(folder));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private void bad(int line, String parameter, String value, String legal) {
        add(line, RouteCode.ROUTE_PARAMETER_BAD, "parameter", parameter, "value", value, "legal", legal);
    }

    private void add(int line, Code code, Object... values) {
        file.refuse(line, code, values);
    }
}
