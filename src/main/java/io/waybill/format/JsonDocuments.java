package io.waybill.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JSON: one object, an array of documents, or an array of documents somewhere inside one object. */
final class JsonDocuments implements DocumentReader {
    /** How many names are told of what stands where the documents are not. */
    private static final int MOST_NAMES = 20;

    /** Lists of these are of ways to other pages, in no file of documents. */
    /** What pages of a list bring along. */
    private static final Pattern OF_PAGE = Pattern.compile(
            "_?links?|included|facets?|filters?|messages?|warnings?|meta|totals?|paging|pagination",
            Pattern.CASE_INSENSITIVE);

    private final String file;
    private final Reading reading;
    private final ObjectMapper mapper;
    private final JsonParser parser;
    private final Set<String> beside = new LinkedHashSet<>();
    private @Nullable ProblemException stopped;
    private int ordinal;
    private boolean array;
    private boolean started;
    private boolean atDocument;

    JsonDocuments(InputStream in, String file, Reading reading) {
        this.file = file;
        this.reading = reading;
        this.mapper = JsonTrees.mapper(reading.limits());
        try {
            this.parser = mapper.getFactory().createParser(new StrictReader(in, file, reading, false));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public @Nullable Document next() {
        if (!started) {
            started = true;
            seek(this::begins);
        }
        if (stopped != null) {
            throw stopped;
        }
        if (!atDocument) {
            return null;
        }
        int row = ordinal;
        JsonNode tree = read(this::document);
        seek(this::goesOn);
        JsonNode shaped = reading.format() == Format.ROW ? SqlRows.lowerCase(tree) : tree;
        return new Document(row, row, row, shaped, List.of(), List.of()).noting(told());
    }

    private interface Step<T> {
        T read() throws IOException;
    }

    /** Goes on to where the next document begins, or to the end. What is wrong there is told after the one before. */
    private void seek(Step<Boolean> step) {
        try {
            atDocument = read(step);
            requireNoneElsewhere();
        } catch (ProblemException e) {
            stopped = e;
        }
    }

    private <T> T read(Step<T> step) {
        try {
            return step.read();
        } catch (JsonProcessingException e) {
            throw JsonTrees.refused(file, e, array ? ordinal : 0);
        } catch (NumberFormatException e) {
            throw JsonTrees.refused(file, JsonTrees.noNumber(parser, e), array ? ordinal : 0);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private boolean begins() throws IOException {
        if (parser.nextToken() == null) {
            throw new ProblemException(Problem.of(FormatCode.EMPTY_FILE, "file", file));
        }
        for (String name : reading.records()) {
            enter(name);
        }
        array = parser.currentToken() == JsonToken.START_ARRAY;
        if (array) {
            return reachesElement();
        }
        ordinal++;
        return true;
    }

    private boolean goesOn() throws IOException {
        return array ? reachesElement() : isNoneAtTheEnd();
    }

    private boolean reachesElement() throws IOException {
        reading.limits().checkRows(++ordinal, file);
        return parser.nextToken() != JsonToken.END_ARRAY || isNoneAtTheEnd();
    }

    private JsonNode document() throws IOException {
        return mapper.readTree(new CountedJson(parser, file, ordinal));
    }

    private void enter(String name) throws IOException {
        List<String> there = new ArrayList<>();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals(name);
                if (there.size() < MOST_NAMES) {
                    there.add(parser.currentName());
                }
                parser.nextToken();
                if (found) {
                    return;
                }
                pass(parser.currentName());
            }
        }
        throw new ProblemException(noRecords(String.join(", ", there)));
    }

    /** Passes over what stands beside the documents; an array with objects in it may be of others. */
    private void pass(String name) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY
                || OF_PAGE.matcher(name).matches()
                || XmlSiblings.isEnvelope(name)) {
            parser.skipChildren();
            return;
        }
        for (JsonToken at = parser.nextToken(); at != JsonToken.END_ARRAY; at = parser.nextToken()) {
            if (at == JsonToken.START_OBJECT && beside.size() < MOST_NAMES) {
                beside.add(name);
            }
            parser.skipChildren();
        }
    }

    /** What is told of that, once. */
    private List<Problem> told() {
        if (beside.isEmpty()) {
            return List.of();
        }
        String others = String.join(", ", beside);
        beside.clear();
        return List.of(Problem.of(FormatCode.UNREAD_ELEMENTS, "file", file, "path", path(), "others", others));
    }

    /** Where there is no document at all, one of those lists may be the one that was meant. */
    private void requireNoneElsewhere() {
        if (!atDocument && array && ordinal == 1 && !beside.isEmpty()) {
            Problem none = noRecords(String.join(", ", beside));
            throw new ProblemException(
                    Stream.concat(Stream.of(none), told().stream()).toList());
        }
    }

    private Problem noRecords(String there) {
        return Problem.of(FormatCode.NO_RECORDS, "file", file, "path", path(), "there", there);
    }

    private String path() {
        return String.join(".", reading.records());
    }

    /** False. What follows the last document must still be JSON; a file cut off in the middle is not a short file. */
    private boolean isNoneAtTheEnd() throws IOException {
        for (boolean closed = isClosed(); parser.nextToken() != null; closed = isClosed()) {
            if (closed) {
                throw new ProblemException(Problem.of(
                        FormatCode.BAD_JSON,
                        "file",
                        file,
                        "line",
                        parser.currentLocation().getLineNr(),
                        "column",
                        parser.currentLocation().getColumnNr(),
                        "reason",
                        "more text after the end"));
            }
            if (parser.currentToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                pass(name);
            }
        }
        return false;
    }

    /** Whether nothing of the one value that a file holds is still to come. */
    private boolean isClosed() {
        return parser.getParsingContext().inRoot();
    }

    private ProblemException unreadable(Throwable cause) {
        return cause.getCause() instanceof ProblemException problem ? problem : Unreadable.file(file, cause);
    }

    @Override
    public void close() {
        try {
            parser.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
