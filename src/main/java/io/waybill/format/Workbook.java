package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The parts of an XLSX workbook: which sheets there are, how numbers look, which texts cells share. */
final class Workbook implements AutoCloseable {
    private static final Set<String> VALUES = Set.of("v", "is");

    /** How much of another sheet, in parts of its XML: a value stands near its beginning, or there is none. */
    private static final int LOOKED_AT = 50_000;

    private record Part(String type, String path) {}

    private final SpooledZip zip;
    private final String file;
    private final Limits limits;
    private final List<SheetName> sheets = new ArrayList<>();
    private final List<String> sheetParts = new ArrayList<>();
    private final List<NumberLook> looks = new ArrayList<>();
    private final SharedTexts texts;
    private final Map<String, Part> parts;
    private boolean from1904;

    Workbook(SpooledZip zip, String file, Limits limits) throws IOException, XMLStreamException {
        this.zip = zip;
        this.file = file;
        this.limits = limits;
        this.texts = new SharedTexts(file);
        String main = relations("").values().stream()
                .filter(part -> part.type().equals("officeDocument"))
                .map(Part::path)
                .findFirst()
                .orElse("xl/workbook.xml");
        OtherZip.refuse(zip, main, file);
        readSheets(main);
        this.parts = relations(main);
        for (Part part : parts.values()) {
            if (part.type().equals("sharedStrings")) {
                readTexts(part.path());
            } else if (part.type().equals("styles")) {
                readLooks(part.path());
            }
        }
    }

    SharedTexts texts() {
        return texts;
    }

    SheetNumbers numbers() {
        return new SheetNumbers(from1904);
    }

    NumberLook look(int style) {
        return style >= 0 && style < looks.size() ? looks.get(style) : NumberLook.PLAIN;
    }

    /** The rows of the sheet asked for; closing them closes the workbook. */
    SheetRows rows(String asked) throws IOException {
        int sheet = SheetName.chosen(sheets, asked, file);
        SheetName read = sheets.get(sheet);
        List<Problem> notes = asked.isBlank() ? read.alone(beside(sheet), file) : List.of();
        return new SheetRows(this, read.name(), open(path(sheet)), file, limits, notes);
    }

    private String path(int sheet) {
        Part part = parts.get(sheetParts.get(sheet));
        return part == null ? "" : part.path();
    }

    /** The sheets that people see and that have cells too. */
    private List<SheetName> beside(int read) {
        return IntStream.range(0, sheets.size())
                .filter(sheet -> sheet != read && !sheets.get(sheet).hidden() && hasCells(sheet))
                .mapToObj(sheets::get)
                .toList();
    }

    /** What cannot be looked into may have some. */
    private boolean hasCells(int sheet) {
        try {
            return hasCells(open(path(sheet)));
        } catch (IOException | XMLStreamException | ProblemException e) {
            return true;
        }
    }

    private static boolean hasCells(XMLStreamReader xml) throws XMLStreamException {
        for (int looked = 0; looked < LOOKED_AT && xml.hasNext(); looked++) {
            xml.next();
            if (xml.isStartElement() && VALUES.contains(xml.getLocalName())) {
                return true;
            }
        }
        return false;
    }

    private XMLStreamReader open(String path) throws IOException {
        InputStream in = zip.entry(path);
        if (in == null) {
            throw new ProblemException(
                    Problem.of(FormatCode.BAD_WORKBOOK, "file", file, "reason", "it has no part " + path));
        }
        return Xml.reader(in, file, limits);
    }

    private Map<String, Part> relations(String main) throws IOException, XMLStreamException {
        String folder = main.substring(0, main.lastIndexOf('/') + 1);
        InputStream in = zip.entry(folder + "_rels/" + main.substring(folder.length()) + ".rels");
        Map<String, Part> found = new HashMap<>();
        if (in == null) {
            return found;
        }
        XMLStreamReader xml = Xml.reader(in, file, limits);
        Counted counted = new Counted(file, "parts");
        while (xml.hasNext()) {
            if (starts(xml, "Relationship")) {
                String id = attribute(xml, "Id");
                String type = attribute(xml, "Type");
                String target = attribute(xml, "Target");
                counted.one(id, type, target);
                String path = target.startsWith("/") ? target.substring(1) : folder + target;
                found.put(id, new Part(type.substring(type.lastIndexOf('/') + 1), path));
            }
        }
        return found;
    }

    private void readSheets(String main) throws IOException, XMLStreamException {
        XMLStreamReader xml = open(main);
        Counted counted = new Counted(file, "sheets");
        while (xml.hasNext()) {
            if (starts(xml, "sheet")) {
                String name = attribute(xml, "name");
                String id = attribute(xml, "id");
                String state = attribute(xml, "state");
                counted.one(name, id);
                sheets.add(new SheetName(name, !state.isEmpty() && !state.equals("visible")));
                sheetParts.add(id);
            } else if (xml.isStartElement() && xml.getLocalName().equals("workbookPr")) {
                from1904 = flag(xml, "date1904");
            }
        }
    }

    private void readLooks(String path) throws IOException, XMLStreamException {
        Map<Integer, NumberLook> own = new HashMap<>();
        Counted formats = new Counted(file, "number formats");
        Counted styles = new Counted(file, "styles");
        XMLStreamReader xml = open(path);
        boolean cells = false;
        while (xml.hasNext()) {
            if (starts(xml, "numFmt")) {
                formats.one();
                int number = formatNumber(xml);
                own.put(number, NumberLook.of(number, attribute(xml, "formatCode")));
            } else if (xml.isStartElement() && xml.getLocalName().equals("cellXfs")) {
                cells = true;
            } else if (xml.isEndElement() && xml.getLocalName().equals("cellXfs")) {
                cells = false;
            } else if (cells && xml.isStartElement() && xml.getLocalName().equals("xf")) {
                styles.one();
                int number = formatNumber(xml);
                looks.add(own.computeIfAbsent(number, known -> NumberLook.of(known, "")));
            }
        }
    }

    private static int formatNumber(XMLStreamReader xml) {
        String number = attribute(xml, "numFmtId");
        return number.matches("\\d{1,6}") ? Integer.parseInt(number) : 0;
    }

    private void readTexts(String path) throws IOException, XMLStreamException {
        XMLStreamReader xml = open(path);
        while (xml.hasNext()) {
            if (starts(xml, "si")) {
                texts.add(richText(xml));
            }
        }
    }

    /** The text of all runs up to the end of this element, without the reading aids written over Japanese. */
    static String richText(XMLStreamReader xml) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        int aids = 0;
        for (int depth = 1; depth > 0; ) {
            xml.next();
            if (xml.isStartElement() && xml.getLocalName().equals("t") && aids == 0) {
                text.append(xml.getElementText());
            } else if (xml.isStartElement()) {
                depth++;
                aids += xml.getLocalName().equals("rPh") ? 1 : 0;
            } else if (xml.isEndElement()) {
                depth--;
                aids -= xml.getLocalName().equals("rPh") ? 1 : 0;
            }
        }
        return text.toString();
    }

    private static boolean starts(XMLStreamReader xml, String name) throws XMLStreamException {
        xml.next();
        return xml.isStartElement() && xml.getLocalName().equals(name);
    }

    /** By its local name, whatever its namespace; empty when it is not there. */
    static String attribute(XMLStreamReader xml, String name) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(name)) {
                return Objects.requireNonNullElse(xml.getAttributeValue(i), "");
            }
        }
        return "";
    }

    static boolean flag(XMLStreamReader xml, String name) {
        String said = attribute(xml, name);
        return said.equals("1") || said.equals("true");
    }

    @Override
    public void close() {
        zip.close();
    }
}
