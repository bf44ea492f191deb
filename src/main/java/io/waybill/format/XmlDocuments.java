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
    /** Where a long word may go on in the next line; it stays one word. */
    private static final String MAY_BREAK = "wbr";

    private final String file;
    private final Reading reading;
    private final List<String> path;
    private final Set<String> arrays;
    private final Reader text;
    private final XMLStreamReader xml;
    private final XmlSiblings siblings = new XmlSiblings();
    private @Nullable ProblemException stopped;
    private @Nullable Misspelt misspelt;
    private boolean begun;
    private boolean atDocument;
    private int level;
    private int matched;
    private boolean entered;
    private int ordinal;
    private int fields;

    /** An element of the path whose name has other capitals, and how deep it stands, the root at 0. */
    private record Misspelt(int level, String name) {
        Problem problem(String file, int ordinal, List<String> path) {
            String expected = path.get(level);
            return Problem.of(
                    FormatCode.RECORD_MISSPELT, "file", file, "row", ordinal, "name", name, "expected", expected);
        }
    }

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
        if (!begun) {
            begun = true;
            seek();
        }
        if (stopped != null) {
            throw stopped;
        }
        if (!atDocument) {
            return null;
        }
        Document document = document();
        seek();
        return document.noting(siblings.notes(file, path));
    }

    /** Goes on to where the next document begins, or to the end. What is wrong there is told after the one before. */
    private void seek() {
        try {
            atDocument = reachesDocument();
            if (!atDocument && ordinal == 0) {
                siblings.requireNone(file, path, entered);
            }
        } catch (XMLStreamException e) {
            stopped = Unreadable.file(file, e);
        } catch (ProblemException e) {
            stopped = e;
        }
    }

    private boolean reachesDocument() throws XMLStreamException {
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT && wanted()) {
                return true;
            }
            if (event == XMLStreamConstants.END_ELEMENT) {
                left();
            }
        }
        return false;
    }

    /** Whether the element just begun is a document; steps down otherwise. */
    private boolean wanted() {
        String name = xml.getLocalName();
        boolean beside = matched == level;
        boolean onPath = beside && (path.isEmpty() || (level < path.size() && named(name)));
        int last = Math.max(1, path.size());
        entered |= onPath && level >= last - 2;
        if (onPath && level == last - 1) {
            return true;
        }
        if (level == 0 && !onPath) {
            siblings.beginsWith(name);
        }
        if (beside && !onPath && level > 0) {
            siblings.begins(name, xml.getAttributeCount() > 0);
        } else if (!beside && level == matched + 1) {
            siblings.hasElements();
        }
        level++;
        matched += onPath ? 1 : 0;
        return false;
    }

    /** In capitals or not, below the root: what is spelled otherwise is read, and told. */
    private boolean named(String name) {
        String wanted = path.get(level);
        if (wanted.equals(name)) {
            return true;
        }
        if (level == 0 || !wanted.equalsIgnoreCase(name)) {
            return false;
        }
        misspelt = misspelt == null ? new Misspelt(level, name) : misspelt;
        return true;
    }

    private void left() {
        level--;
        matched = Math.min(matched, level);
        misspelt = misspelt != null && misspelt.level() >= level ? null : misspelt;
    }

    private Document document() {
        reading.limits().checkRows(++ordinal, file);
        fields = 0;
        List<Problem> problems = misspelt == null ? List.of() : List.of(misspelt.problem(file, ordinal, path));
        misspelt = misspelt != null && misspelt.level() == level ? null : misspelt;
        try {
            return new Document(ordinal, ordinal, ordinal, object(element("")), List.of(), problems);
        } catch (XMLStreamException e) {
            throw Unreadable.file(file, e);
        }
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
        boolean parted = false;
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                String name = xml.getLocalName();
                String below = at.isEmpty() ? name : at + "." + name;
                add(tree, name, element(below), arrays.contains(below));
                parted |= !name.equalsIgnoreCase(MAY_BREAK);
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                words.append(parted ? between(words, xml.getText()) : "").append(xml.getText());
                parted = false;
            }
        }
        String said = words.toString().strip();
        if (tree.isEmpty()) {
            return nil ? NODES.nullNode() : NODES.textNode(said);
        }
        return said.isEmpty() ? tree : tree.put(TEXT, said);
    }

    /** An element within a text, as a line break is one, parts words where nothing else does. */
    private static String between(StringBuilder words, String next) {
        int last = words.length() - 1;
        boolean isOpen = last >= 0 && !Character.isWhitespace(words.charAt(last));
        return isOpen && !next.isEmpty() && Character.isLetterOrDigit(next.charAt(0)) ? " " : "";
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
