package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes trees as elements under one root, in the shape they are read in: {@code @name} is an attribute,
 * {@code #text} the element's text, a list its element again and again. A key that is no XML name is written with
 * underscores, a character XML cannot hold is left out, and one the charset does not have is written as its number; in a
 * name it is refused ({@code unwritable-text}). Closing ends the file, not the stream.
 */
public final class XmlOutput implements AutoCloseable {
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private final XMLStreamWriter xml;
    private final String record;
    private final int above;
    private final Charset charset;
    private final CharsetEncoder encoder;

    /** @param path the elements that lead to each document, the root first */
    XmlOutput(OutputStream out, List<String> path, Charset charset) {
        this.record = path.get(path.size() - 1);
        this.above = path.size() - 1;
        this.charset = charset;
        this.encoder = charset.newEncoder();
        try {
            this.xml = FACTORY.createXMLStreamWriter(out, charset.name());
            xml.writeStartDocument(charset.name(), "1.0");
            for (String name : path.subList(0, above)) {
                xml.writeCharacters("\n");
                xml.writeStartElement(name(name));
            }
        } catch (XMLStreamException e) {
            throw Unreadable.output(e);
        }
    }

    /** One document; without elements above it there can be only one. */
    public void document(JsonNode tree) {
        try {
            xml.writeCharacters("\n");
            element(record, tree);
        } catch (XMLStreamException e) {
            throw Unreadable.output(e);
        }
    }

    private void element(String name, JsonNode tree) throws XMLStreamException {
        if (tree.isArray()) {
            for (JsonNode each : tree) {
                element(name, each);
            }
            return;
        }
        xml.writeStartElement(name(name));
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            if (attribute(field)) {
                xml.writeAttribute(name(field.getKey().replaceFirst("^@", "")), text(field.getValue()));
            }
        }
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            if (field.getKey().equals("#text")) {
                xml.writeCharacters(text(field.getValue()));
            } else if (!attribute(field)) {
                element(field.getKey(), field.getValue());
            }
        }
        if (tree.isValueNode()) {
            xml.writeCharacters(text(tree));
        }
        xml.writeEndElement();
    }

    private static boolean attribute(Map.Entry<String, JsonNode> field) {
        boolean named = field.getKey().startsWith("@") || field.getKey().equals(Header.REASON);
        return named && field.getValue().isValueNode();
    }

    private static String text(JsonNode value) {
        StringBuilder text = new StringBuilder();
        plain(value).codePoints().filter(XmlOutput::allowed).forEach(text::appendCodePoint);
        return text.toString();
    }

    private static String plain(JsonNode value) {
        return value.isNull() ? "" : value.isBigDecimal() ? value.decimalValue().toPlainString() : value.asText();
    }

    private static boolean allowed(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }

    /** Letters, digits, points, hyphens and underscores, none but a letter or underscore in front. */
    private String name(String key) {
        String cleaned = key.replaceAll("[^\\p{L}\\p{Nd}._-]", "_");
        boolean begins = !cleaned.isEmpty() && (Character.isLetter(cleaned.codePointAt(0)) || cleaned.startsWith("_"));
        if (!encoder.canEncode(cleaned)) {
            var unused = Formats.encoded(cleaned, charset);
        }
        return begins ? cleaned : "_" + cleaned;
    }

    @Override
    public void close() {
        try {
            xml.writeCharacters(above == 0 ? "" : "\n");
            xml.writeEndDocument();
            xml.flush();
        } catch (XMLStreamException e) {
            throw Unreadable.output(e);
        }
    }
}
