package io.waybill.edge;

import io.waybill.edge.RouteFile.Steps;
import io.waybill.edge.RouteFile.Template;
import io.waybill.mapping.MappingCode;
import io.waybill.mapping.Nearest;
import io.waybill.problem.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The SQL a template is given: it stands in an address unchanged, reads the columns its mapping needs, and binds only what is said. */
record SqlValues(GivenParameters given, Template template, MappingFacts facts) {
    private static final Set<String> STATEMENTS = Set.of("query", "mark", "insert");

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

    static boolean isStatement(String parameter, Steps steps) {
        return STATEMENTS.contains(parameter) && (isNumbered(steps) || steps.isFrom("sql") || steps.isTo("sql"));
    }

    private static boolean isNumbered(Steps steps) {
        return steps.isFrom("waybill-rows");
    }

    /** What would be legal instead. Line ends are blanks by then; {@code waybill-rows} keeps its query otherwise, but not behind a bracket that closes. */
    static Optional<String> legal(Steps steps, String value) {
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

    void keyColumn(String column, int line) {
        QueryColumns columns = QueryColumns.of(given.value("query"));
        if (columns.lack(column)) {
            given.refuse(
                    line, RouteCode.ROUTE_KEY_UNREAD, "column", column, "nearest", Nearest.to(column, columns.names()));
        }
    }

    /** What the mapping of its rows cannot do without, or may not leave unread; only a template with a key column reads rows. */
    void query(String query, int line) {
        String mapping = given.mapping(template);
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
                given.refuse(
                        line,
                        RouteCode.ROUTE_COLUMN_SURPLUS,
                        "columns",
                        column,
                        "mapping",
                        mapping,
                        "nearest",
                        nearest);
            } else if (!surplus && QueryColumns.arePlain(column)) {
                String needed = said.getOrDefault("needed", "");
                Object[] values = {"column", column, "mapping", mapping, "needed", needed, "nearest", nearest};
                given.refuse(line, RouteCode.ROUTE_COLUMN_UNREAD, values);
            }
        }
    }

    /** What nobody says of a row would be bound as nothing: a reason lost, or a row that is never marked. */
    void mark(String mark, int line) {
        if (!template.id().equals("order-sql")) {
            return;
        }
        QueryColumns columns = QueryColumns.of(given.value("query"));
        BOUND.matcher(mark)
                .results()
                .forEach(bound -> boundInstead(bound.group(1), bound.group(2), columns)
                        .ifPresent(legal -> given.bad(line, "mark", bound.group(), legal)));
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
    void insert(String insert, int line) {
        String mapping = given.value("mapping");
        List<String> written = mapping != null && template.id().equals("sink-sql") ? facts.columns(mapping) : List.of();
        if (written.isEmpty()) {
            return;
        }
        String named = given.value("columns");
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
                .forEach(name -> given.bad(line, "insert", name, Nearest.to(name, bound)));
    }
}
