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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON: one object, an array of documents, or an array of documents somewhere inside one object. */
final class JsonDocuments implements DocumentReader {
    /** How many names are told of what stands where the documents are not. */
    private static final int MOST_NAMES = 20;

    private final String file;
    private final Reading reading;
    private final ObjectMapper mapper;
    private final JsonParser parser;
    private int ordinal;
    private boolean array;
    private boolean started;
    private boolean ended;

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
        try {
            JsonNode tree = ended ? null : read();
            if (tree == null) {
                ended = true;
                return null;
            }
            JsonNode shaped = reading.format() == Format.ROW ? SqlRows.lowerCase(tree) : tree;
            return new Document(ordinal, ordinal, ordinal, shaped, List.of(), List.of());
        } catch (JsonProcessingException e) {
            throw JsonTrees.refused(file, e, array ? ordinal : 0);
        } catch (NumberFormatException e) {
            throw JsonTrees.refused(file, JsonTrees.noNumber(parser, e), array ? ordinal : 0);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private @Nullable JsonNode read() throws IOException {
        if (!started) {
            return readFirst();
        }
        return array ? readElement() : atTheEnd();
    }

    private @Nullable JsonNode readFirst() throws IOException {
        started = true;
        if (parser.nextToken() == null) {
            throw new ProblemException(Problem.of(FormatCode.EMPTY_FILE, "file", file));
        }
        for (String name : reading.records()) {
            enter(name);
        }
        array = parser.currentToken() == JsonToken.START_ARRAY;
        if (array) {
            return readElement();
        }
        ordinal++;
        return document();
    }

    private @Nullable JsonNode readElement() throws IOException {
        if (ordinal >= reading.limits().rows()) {
            throw new ProblemException(Problem.of(
                    FormatCode.TOO_MANY_ROWS,
                    "file",
                    file,
                    "limit",
                    reading.limits().rows()));
        }
        ordinal++;
        return parser.nextToken() == JsonToken.END_ARRAY ? atTheEnd() : document();
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
                parser.skipChildren();
            }
        }
        throw new ProblemException(Problem.of(
                FormatCode.NO_RECORDS,
                "file",
                file,
                "path",
                String.join(".", reading.records()),
                "there",
                String.join(", ", there)));
    }

    /** What follows the last document must still be JSON; a file cut off in the middle is not a short file. */
    private @Nullable JsonNode atTheEnd() throws IOException {
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
        }
        return null;
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
