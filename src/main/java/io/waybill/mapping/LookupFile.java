package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Meant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of a lookup that is a file, read again when the file has changed and stands still: looked at most every two
 * seconds, by whoever needs it and by a hub's clock, so that who needs it first has it as it is. A file that cannot be read leaves the table as it was.
 */
final class LookupFile {
    private static final Logger LOG = LoggerFactory.getLogger(LookupFile.class);
    private static final long LOOK_EVERY = 2_000_000_000L;

    private final Path path;
    private final Columns columns;
    /** Whoever finds another at it goes on with the table as it is: a disk that does not answer holds up one of them. */
    private final ReentrantLock looking = new ReentrantLock();

    private final AtomicLong lookedAt = new AtomicLong(System.nanoTime());
    private volatile LongSupplier clock = System::nanoTime;
    private volatile Map<String, JsonNode> values = Map.of();
    private volatile List<Problem> problems = List.of();
    private String taken = "";
    private String seen = "";

    /**
     * What the mapping says of the file.
     *
     * @param mapping its own file, as problems name it
     */
    record Columns(String mapping, Yaml file, Yaml key, Yaml value) {
        /** As a column of a table is called. */
        static String name(Yaml column) {
            return Meant.line(column.text());
        }
    }

    LookupFile(Path path, Columns columns) {
        this.path = path;
        this.columns = columns;
    }

    /** Reads it for the first time; what is wrong with it is a fault of the mapping. */
    void load(Faults faults) {
        taken = stamp();
        seen = taken;
        values = read(faults);
    }

    /** @param nanos what time it is from now on, as {@link System#nanoTime} counts it */
    void lookBy(LongSupplier nanos) {
        clock = nanos;
    }

    /** The table as it is now; it never changes under the hands of who holds it. */
    Map<String, JsonNode> values() {
        lookIfDue();
        return values;
    }

    /** Looks whether the file has changed, unless somebody did so just now. */
    void lookIfDue() {
        long now = clock.getAsLong();
        long before = lookedAt.get();
        if (now - before > LOOK_EVERY && lookedAt.compareAndSet(before, now) && looking.tryLock()) {
            try {
                look();
            } finally {
                looking.unlock();
            }
        }
    }

    /** Why the file as it stands is not what is used; empty when it is. */
    List<Problem> problems() {
        return problems;
    }

    /** A file that is just being written differs from one look to the next, and waits. */
    private void look() {
        String stamp = stamp();
        boolean still = stamp.equals(seen);
        seen = stamp;
        if (!still || stamp.equals(taken)) {
            return;
        }
        Faults faults = new Faults(columns.mapping());
        Map<String, JsonNode> read = read(faults);
        if (!stamp.equals(stamp())) {
            return;
        }
        taken = stamp;
        if (faults.problems().isEmpty()) {
            values = read;
            problems = List.of();
            LOG.info("{}: the lookup {} has changed and is used as it is now", columns.mapping(), name());
        } else {
            problems = List.copyOf(faults.problems());
            LOG.error("{}: {} is used as it was: {}", columns.mapping(), name(), problems);
        }
    }

    private Map<String, JsonNode> read(Faults faults) {
        Map<String, JsonNode> table = new HashMap<>();
        try (DocumentReader rows = Formats.open(Files.newInputStream(path), name(), Reading.savedCsv())) {
            if (has(rows.columns(), faults)) {
                for (Document row = rows.next(); row != null; row = rows.next()) {
                    add(row, table, faults);
                }
            }
        } catch (ProblemException e) {
            faults.problems().addAll(e.problems());
        } catch (IOException e) {
            faults.add(columns.file().line(), MappingCode.MISSING_FILE, "path", name());
        }
        return table;
    }

    private boolean has(List<String> header, Faults faults) {
        for (Yaml column : List.of(columns.key(), columns.value())) {
            if (!header.contains(Columns.name(column))) {
                faults.add(
                        column.line(),
                        MappingCode.UNKNOWN_LOOKUP_COLUMN,
                        "column",
                        column.text(),
                        "lookup",
                        name(),
                        "nearest",
                        Nearest.to(column.text(), header));
                return false;
            }
        }
        return true;
    }

    private void add(Document row, Map<String, JsonNode> table, Faults faults) {
        faults.problems().addAll(row.problems());
        JsonNode key = row.tree().path(Columns.name(columns.key()));
        JsonNode cell = row.tree().path(Columns.name(columns.value()));
        JsonNode value = cell instanceof TextNode text ? Values.trimmed(text) : cell;
        String from = Meant.narrow(Values.text(key));
        if (Values.absent(key) || Values.absent(value)) {
            addHalf(row, from, Values.text(value), faults);
        } else if (table.put(from, value) != null) {
            faults.add(columns.file().line(), MappingCode.DUPLICATE_KEY, "key", name() + ": " + from);
        }
    }

    /** Its word would be found, and say nothing. */
    private void addHalf(Document row, String from, String to, Faults faults) {
        String column = Columns.name(from.isEmpty() ? columns.key() : columns.value());
        faults.add(
                columns.file().line(),
                MappingCode.BAD_VALUE,
                "key",
                name() + ":" + row.firstRow() + " " + column,
                "value",
                "",
                "legal",
                (from.isEmpty() ? "word" : from) + "," + (to.isEmpty() ? "word" : to));
    }

    private String name() {
        return columns.file().text();
    }

    private String stamp() {
        try {
            BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
            return now.lastModifiedTime().toString() + " " + now.size() + " " + now.fileKey();
        } catch (IOException e) {
            return "";
        }
    }
}
