package io.waybill.edge;

import io.waybill.billing.Billing;
import io.waybill.edge.RouteFile.Said;
import io.waybill.edge.RouteFile.Steps;
import io.waybill.edge.RouteFile.Template;
import io.waybill.format.Format;
import io.waybill.mapping.Nearest;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.camel.util.TimeUtils;

/** What is given to a template where it is put to use: a number where its default is one, a pattern, what is configured and what is there. */
record RouteValues(GivenParameters given, Template template, MappingFacts facts) {
    private static final Set<String> COUNTS = Set.of("size", "rows", "consumers", "records", "least");
    private static final Set<String> ABOVE_ZERO = Set.of("size", "rows", "consumers", "records", "every");

    /** Camel takes a word for no time at all, and a file that is to lie still for none is read while it is written. */
    private static final Pattern TIME = Pattern.compile("\\d+|(\\d+\\s*(ms|[dhms])\\s*)+");

    /** A folder that is watched stands in an address, where another would be watched, or nothing at all. */
    private static final Pattern MISREAD = Pattern.compile("%\\p{XDigit}{2}|\\?");

    private static final String NOT_MISREAD = "a folder in whose name is no ?, nor a % before two of 0 to 9 and A to F,"
            + " which would be read as one character: rename it, and write a blank as a blank";

    void check() {
        SqlValues sql = new SqlValues(given, template, facts);
        template.parameters().forEach((name, fallback) -> {
            Said said = given.use().parameters().get(name);
            String value = given.value(name);
            if (said != null && value != null) {
                if (fallback != null && fallback.matches("\\d+")) {
                    number(name, value, fallback, said.line());
                }
                legal(name, value).ifPresent(legal -> given.bad(said.line(), name, value, legal));
                switch (name) {
                    case "include" -> pattern(value, said.line());
                    case "datasource", "account" -> named(name, value, said.line());
                    case "cluster" -> named("kafka", value, said.line());
                    case "system", "server" -> named("system", value, said.line());
                    case "keyColumn" -> sql.keyColumn(value, said.line());
                    case "query" -> sql.query(value, said.line());
                    case "mark" -> sql.mark(value, said.line());
                    case "insert" -> sql.insert(value, said.line());
                    case "carrier" -> carrier(value, said.line());
                    case "folder" -> folder(value, said.line());
                    default -> {}
                }
            }
        });
    }

    /** What would be legal instead; empty where the value is, as far as the template tells what it is for. */
    private Optional<String> legal(String name, String value) {
        Steps steps = template.steps();
        if (steps.isFrom("waybill-poll:")) {
            return PollValues.legal(name, value);
        }
        if (steps.isTo("waybill-verify:")) {
            return PollValues.ofHook(name, value);
        }
        if (name.equals("folder")
                && steps.isFrom("file")
                && (value.isBlank() || MISREAD.matcher(value).find())) {
            return Optional.of(value.isBlank() ? "a folder, such as /mnt/orders" : NOT_MISREAD);
        }
        if (SqlValues.isStatement(name, steps)) {
            return SqlValues.legal(steps, value);
        }
        // what a sink writes, its verb knows
        boolean isFormat = name.equals("format") && given.file().name().startsWith("sources/") && !value.isBlank();
        String mapping = isFormat ? given.mapping(template) : null;
        List<String> formats = mapping == null ? Format.words() : facts.formats(mapping);
        return isFormat && !formats.contains(value) ? Optional.of(String.join(", ", formats)) : Optional.empty();
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
        given.bad(
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
            given.bad(line, "include", value, "a regular expression, such as .*\\.csv");
        }
    }

    private void carrier(String value, int line) {
        if (!Billing.carriers().contains(value)) {
            given.bad(line, "carrier", value, String.join(", ", Billing.carriers()));
        }
    }

    /** @param section where the settings name what it may be */
    private void named(String section, String value, int line) {
        Set<String> known = given.settings().section(section).names();
        if (!known.contains(value)) {
            given.refuse(
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

    /** On this machine; it may yet be mounted. */
    private void folder(String folder, int line) {
        boolean elsewhere = template.parameters().containsKey("server");
        boolean watched = template.steps().isFrom("file");
        boolean written = given.file().name().startsWith("sinks/") && !elsewhere;
        if ((watched || written) && !folder.isBlank() && !isThere(folder)) {
            RouteCode code = watched ? RouteCode.ROUTE_WATCHED_ABSENT : RouteCode.ROUTE_FOLDER_ABSENT;
            given.file().warn(line, code, "folder", folder);
        }
    }

    private static boolean isThere(String folder) {
        try {
            return Files.isDirectory(Path.of(folder));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
