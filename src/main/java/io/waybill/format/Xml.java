package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Shortened;
import java.io.InputStream;
import java.io.Reader;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.jspecify.annotations.Nullable;

/**
 * The one XML factory of the hub: the JDK's own, without DTDs, entities of its own or anything fetched from elsewhere. A
 * document that declares a DOCTYPE is refused where it does, before anything in it is expanded.
 */
final class Xml {
    private static final XMLInputFactory FACTORY = factory();
    private static final long BYTES_OF_A_CHARACTER = 4;
    private static final long READ_AHEAD = 64 * 1024;
    private static final long BUFFERS = 4;

    private Xml() {}

    /**
     * A reader over one document, bounded in depth, text, attributes, comments and instructions.
     *
     * @throws ProblemException {@code bad-xml}, here and while reading through {@link Bounded}
     */
    static XMLStreamReader reader(InputStream in, String file, Limits limits) {
        try {
            Rationed rationed = new Rationed(in, BYTES_OF_A_CHARACTER * limits.cellChars() + READ_AHEAD);
            return new Bounded(FACTORY.createXMLStreamReader(rationed), rationed, file, limits);
        } catch (XMLStreamException e) {
            throw refused(file, e);
        }
    }

    /**
     * The same over text that is decoded already, from these bytes; what the document declares of its charset is passed
     * over.
     */
    static XMLStreamReader reader(Reader text, Rationed bytes, String file, Limits limits) {
        try {
            return new Bounded(FACTORY.createXMLStreamReader(text), bytes, file, limits);
        } catch (XMLStreamException e) {
            throw refused(file, e);
        }
    }

    /** Bytes for a text, of which no more are read for one event than it may hold and the buffers before the parser take. */
    static Rationed rationed(InputStream in, Limits limits) {
        return new Rationed(in, BYTES_OF_A_CHARACTER * limits.cellChars() + BUFFERS * READ_AHEAD);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty("javax.xml.stream.isCoalescing", false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is fetched from elsewhere");
        });
        return factory;
    }

    private static ProblemException refused(String file, XMLStreamException e) {
        Location where = e.getLocation();
        String words = String.valueOf(e.getMessage())
                .lines()
                .reduce((first, last) -> last)
                .orElse("")
                .replaceFirst("^Message: ", "");
        return refused(file, where, words);
    }

    private static ProblemException refused(String file, @Nullable Location where, String why) {
        return new ProblemException(Problem.of(
                FormatCode.BAD_XML,
                "file",
                file,
                "line",
                where == null ? 1 : Math.max(1, where.getLineNumber()),
                "column",
                where == null ? 1 : Math.max(1, where.getColumnNumber()),
                "reason",
                Shortened.to(200, why)));
    }

    /** Counts what it hands over. */
    private static final class Bounded extends StreamReaderDelegate {
        private final Rationed rationed;
        private final String file;
        private final Limits limits;
        private int depth;
        private long text;

        Bounded(XMLStreamReader reader, Rationed rationed, String file, Limits limits) {
            super(reader);
            this.rationed = rationed;
            this.file = file;
            this.limits = limits;
        }

        @Override
        public int next() {
            try {
                int event = super.next();
                rationed.renew();
                count(event);
                return event;
            } catch (XMLStreamException e) {
                throw refused(file, e);
            }
        }

        @Override
        public int nextTag() {
            int event = next();
            while (event != START_ELEMENT && event != END_ELEMENT) {
                if (event == END_DOCUMENT || (hasText() && !getText().isBlank() && event != COMMENT)) {
                    throw here("an element was expected");
                }
                event = next();
            }
            return event;
        }

        @Override
        public String getElementText() {
            StringBuilder all = new StringBuilder();
            for (int event = next(); event != END_ELEMENT; event = next()) {
                if (event == START_ELEMENT) {
                    throw here("a text was expected");
                }
                if (event == CHARACTERS || event == CDATA || event == SPACE) {
                    all.append(getText());
                }
            }
            return all.toString();
        }

        private void count(int event) {
            switch (event) {
                case DTD, ENTITY_REFERENCE -> throw here("a DOCTYPE or an entity of its own");
                case START_ELEMENT -> {
                    text = 0;
                    depth++;
                    if (depth > limits.depth()) {
                        throw here("deeper than " + limits.depth() + " elements");
                    }
                    if (getAttributeCount() > limits.columns()) {
                        throw here("more than " + limits.columns() + " attributes");
                    }
                    for (int i = 0; i < getAttributeCount(); i++) {
                        bounded(getAttributeValue(i).length());
                    }
                }
                case END_ELEMENT -> {
                    text = 0;
                    depth--;
                }
                case CHARACTERS, CDATA, SPACE -> {
                    text += getTextLength();
                    bounded(text);
                }
                default -> {}
            }
        }

        private void bounded(long length) {
            if (length > limits.cellChars()) {
                throw here("a text of more than " + limits.cellChars() + " characters");
            }
        }

        private ProblemException here(String why) {
            return refused(file, getLocation(), why);
        }
    }
}
