package io.waybill.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;

/** One document as it is read into a tree, of bounded size. */
final class CountedJson extends JsonParserDelegate {
    private final String file;
    private final int row;
    private int values;

    CountedJson(JsonParser parser, String file, int row) {
        super(parser);
        this.file = file;
        this.row = row;
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken next = super.nextToken();
        if (next != null && (next.isScalarValue() || next.isStructStart()) && ++values > XmlDocuments.MOST_FIELDS) {
            throw new ProblemException(Problem.of(
                    FormatCode.DOCUMENT_TOO_LARGE, "file", file, "row", row, "limit", XmlDocuments.MOST_FIELDS));
        }
        return next;
    }
}
