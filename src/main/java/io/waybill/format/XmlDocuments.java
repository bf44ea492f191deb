package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * XML: the root as one document, or each element on a path. Names without their namespaces; attributes as {@code @name};
 * an element of text only is that text, beside attributes it is {@code #text}; what is repeated, as two attributes of one name in
 * different namespaces are, or declared, is a list.
 */
final class XmlDocuments implements DocumentReader {
    /** Elements and attributes of one document. */
    static final int MOST_FIELDS = 200_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String TEXT = "#text";

    private final String file;
    private final Reading reading;
    private final List<String> path;
    private final Set<String> arrays;
    private final Reader text;
    private final XMLStreamReader xml;
    private int level;
    private int matched;
    private boolean entered;
    private int ordinal;
    private int fields;

    XmlDocuments(InputStream in, String file, Reading reading) {
        this.file = file;
        this.reading = reading;
        this.path = reading.records();
        this.arrays = new HashSet<>(reading.arrays());
        Rationed bytes = Xml.rationed(in, reading.limits());
        this.text = XmlText.of(bytes, file, reading);
        this.xml = Xml.reader(text, bytes, file, reading.limits());
    }

    @Override
    public @Nullable Document next() {
        try {
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT && wanted()) {
                    return document();
                }
                if (event == XMLStreamConstants.END_ELEMENT) {
                    left();
                }
            }
        } catch (XMLStreamException e) {
            throw Unreadable.file(file, e);
        }
        if (!entered) {
            throw new ProblemException(Problem.of(FormatCode.NO_RECORDS, "file", file, "path", String.join(".", path)));
        }
        return null;
    }

    /** Whether the element just begun is a document; steps down otherwise. */
    private boolean wanted() {
        boolean onPath = matched == level
                && (path.isEmpty() || (level < path.size() && path.get(level).equals(xml.getLocalName())));
        int last = Math.max(1, path.size());
        entered |= onPath && level >= last - 2;
        if (onPath && level == last - 1) {
            return true;
        }
        level++;
        matched += onPath ? 1 : 0;
        return false;
    }

    private void left() {
        level--;
        matched = Math.min(matched, level);
    }

    private Document document() throws XMLStreamException {
        if (ordinal >= reading.limits().rows()) {
            throw new ProblemException(Problem.of(
                    FormatCode.TOO_MANY_ROWS,
                    "file",
                    file,
                    "limit",
                    reading.limits().rows()));
        }
        ordinal++;
        fields = 0;
        return new Document(ordinal, ordinal, ordinal, object(element("")), List.of(), List.of());
    }

    /** A document that is a text only is an object all the same. */
    private static JsonNode object(JsonNode tree) {
        return tree.isObject() || tree.asText().isEmpty()
                ? tree.isObject() ? tree : NODES.objectNode()
                : NODES.objectNode().set(TEXT, tree);
    }

    private JsonNode element(String at) throws XMLStreamException {
        ObjectNode tree = NODES.objectNode();
        boolean nil = attributes(tree);
        StringBuilder words = new StringBuilder();
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                String name = xml.getLocalName();
                String below = at.isEmpty() ? name : at + "." + name;
                add(tree, name, element(below), arrays.contains(below));
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                words.append(xml.getText());
            }
        }
        String said = words.toString().strip();
        if (tree.isEmpty()) {
            return nil ? NODES.nullNode() : NODES.textNode(said);
        }
        return said.isEmpty() ? tree : tree.put(TEXT, said);
    }

    private boolean attributes(ObjectNode tree) {
        boolean nil = false;
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            String name = xml.getAttributeLocalName(i);
            String value = xml.getAttributeValue(i);
            if (XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(xml.getAttributeNamespace(i))) {
                nil |= name.equals("nil") && (value.equals("true") || value.equals("1"));
            } else {
                add(tree, name.equals(Header.REASON) ? name : "@" + name, NODES.textNode(value), false);
            }
        }
        return nil;
    }

    private void add(ObjectNode tree, String name, JsonNode value, boolean list) {
        counted();
        Repeats.add(tree, name, value, list);
    }

    private void counted() {
        if (++fields > MOST_FIELDS) {
            throw new ProblemException(
                    Problem.of(FormatCode.DOCUMENT_TOO_LARGE, "file", file, "row", ordinal, "limit", MOST_FIELDS));
        }
    }

    @Override
    public void close() {
        try {
            text.close();
        } catch (IOException e) {
            throw Unreadable.file(file, e);
        }
    }
}
