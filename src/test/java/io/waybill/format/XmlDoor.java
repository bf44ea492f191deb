package io.waybill.format;

import io.waybill.problem.Problem;
import java.io.InputStream;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The hub's XML reader, for tests of other packages. */
public final class XmlDoor {
    private XmlDoor() {}

    /** Reads a document to its end. */
    public static List<Problem> read(InputStream in) {
        XMLStreamReader reader = Xml.reader(in, "hostile", Limits.DEFAULT);
        try {
            while (reader.hasNext()) {
                reader.next();
            }
            return List.of();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }
}
