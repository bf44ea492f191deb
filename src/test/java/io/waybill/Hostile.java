package io.waybill;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.format.XmlDoor;
import io.waybill.mapping.Mappings;
import io.waybill.order.Orders;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/**
 * What somebody who means harm sends, by the door it comes through, and the word it is refused with. Large things are
 * made while they are read. {@link #main} tries each in a process of little memory and tells how it went.
 */
enum Hostile {
    CSV_QUOTE_NEVER_CLOSED_IN_A_GIGABYTE(Door.CSV, "cell-too-long", "a,b\n1,\"", "x", 1 << 30),
    CSV_QUOTE_NEVER_CLOSED(Door.CSV, "open-quote", "a,b\n1,\"x\n2,3\n"),
    CSV_A_HUNDRED_THOUSAND_COLUMNS(Door.CSV, "too-many-columns", "a", ",a", 200_000),
    CSV_A_HUNDRED_THOUSAND_CELLS(Door.CSV, "too-many-cells,too-many-columns", "a,b\n1", ",1", 200_000),
    CSV_CELL_OF_FIFTY_MEGABYTES(Door.CSV, "cell-too-long", "a\n", "x", 50 << 20),
    CSV_HEADER_OF_FIFTY_MEGABYTES(Door.CSV, "cell-too-long", "", "x", 50 << 20),
    CSV_MORE_ROWS_THAN_A_SPREADSHEET(Door.CSV, "too-many-rows", "a\n", "1\n", 12_000_000),
    CSV_NOT_UTF_8(Door.CSV, "undecodable-text", new byte[] {'a', '\n', (byte) 0xC3, '(', '\n'}),
    CSV_OVERLONG_UTF_8(Door.CSV, "undecodable-text", new byte[] {'a', '\n', (byte) 0xC0, (byte) 0xAF, '\n'}),
    CSV_HALF_OF_A_UTF_16_PAIR(Door.CSV, "undecodable-text", "\uFEFFa\n\uD83D\n".getBytes(UTF_16LE)),
    CSV_NOTHING(Door.CSV, "empty-file", ""),
    CSV_ONLY_A_BYTE_ORDER_MARK(Door.CSV, "empty-file,missing-header", "\uFEFF"),
    CSV_PICTURE(Door.CSV, "undecodable-text", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0}),

    GZIP_BOMB(Door.CSV, "packed-too-tight,cell-too-long", packed(new byte[64 << 20])),
    GZIP_BOMB_IN_A_BOMB(Door.CSV, "undecodable-text", packed(packed(new byte[8 << 20]))),
    GZIP_BOMB_OF_JSON(Door.JSON, "bad-json,packed-too-tight", packed(("[\"" + "x".repeat(8 << 20)).getBytes(UTF_8))),
    GZIP_CUT_OFF(Door.CSV, "packed-badly", java.util.Arrays.copyOf(packed("a\n1\n".getBytes(UTF_8)), 14)),
    GZIP_DAMAGED(Door.CSV, "packed-badly", new byte[] {0x1F, (byte) 0x8B, 8, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7, 7, 7}),

    JSON_DEPTH_OF_TEN_THOUSAND(Door.JSON, "bad-json", "[".repeat(10_000)),
    JSON_OBJECTS_TEN_THOUSAND_DEEP(Door.JSON, "bad-json", "{\"a\":".repeat(10_000)),
    JSON_STRING_OF_FIFTY_MEGABYTES(Door.JSON, "bad-json", "[{\"a\":\"", "x", 50 << 20),
    JSON_NAME_OF_FIFTY_MEGABYTES(Door.JSON, "bad-json", "[{\"", "x", 50 << 20),
    JSON_NUMBER_OF_A_MILLION_DIGITS(Door.JSON, "bad-json", "[{\"a\":", "9", 1_000_000),
    JSON_THE_SAME_KEY_TWICE(Door.JSON, "bad-json", "[{\"a\":1,\"a\":2}]"),
    JSON_ELEMENTS_WITHOUT_END(Door.JSON, "too-many-rows", "[{}", ",{}", 40_000_000),
    JSON_DOCUMENT_WITHOUT_END(Door.JSON, "document-too-large", "{\"a\":[{}", ",{}", 40_000_000),
    JSON_TEXT_AFTER_THE_END(Door.JSON, "bad-json", "{\"a\":1} {\"a\":2}"),
    JSON_CUT_OFF(Door.JSON, "bad-json", "[{\"a\":1}, {\"a\":"),
    JSON_NOT_A_NUMBER(Door.JSON, "bad-json", "[{\"a\":NaN}]"),
    JSON_NOT_UTF_8(Door.JSON, "undecodable-text,bad-json", new byte[] {'[', '"', (byte) 0xC3, '(', '"', ']'}),

    NDJSON_LINE_WITHOUT_END(Door.NDJSON, "bad-json,cell-too-long", "{\"a\":\"", "x", 50 << 20),
    NDJSON_DEPTH_OF_TEN_THOUSAND(Door.NDJSON, "bad-json", "[".repeat(10_000) + "\n"),
    NDJSON_THE_SAME_KEY_TWICE(Door.NDJSON, "bad-json", "{\"a\":1,\"a\":2}\n"),

    REST_DEPTH_OF_TEN_THOUSAND(Door.REST, "nested-too-deep", "{\"orderId\":".repeat(10_000)),
    REST_NUMBER_OF_A_MILLION_DIGITS(Door.REST, "not-json", "{\"orderId\":", "9", 1_000_000),
    REST_NUMBER_WITH_A_HUGE_EXPONENT(Door.REST, "bad-number", order("\"value\":1e999999999")),
    REST_THE_SAME_KEY_TWICE(Door.REST, "duplicate-field", "{\"orderId\":\"A\",\"orderId\":\"B\"}"),
    REST_A_ZERO_CHARACTER(Door.REST, "zero-character", order("\"value\":1").replace("Jane", "Ja\\u0000ne")),
    REST_HALF_OF_A_PAIR(Door.REST, "half-character", order("\"value\":1").replace("Jane", "\\uD83D")),
    REST_A_SIGN_NOBODY_SEES(Door.REST, "lost-character", order("\"value\":1").replace("Jane", "Ja\\u0085ne")),
    REST_A_LETTER_LOST_ON_THE_WAY(
            Door.REST, "lost-character", order("\"value\":1").replace("Jane", "J\uFFFDne")),
    REST_NOT_UTF_8(
            Door.REST,
            "not-json",
            order("\"value\":1").replace("Jane", "J\u00FF").getBytes(ISO_8859_1)),
    REST_STRING_OF_FIFTY_MEGABYTES(Door.REST, "not-json", "{\"orderId\":\"", "x", 50 << 20),
    REST_LINE_BREAK_IN_AN_ORDER_NUMBER(
            Door.REST, "bad-order-id", order("\"value\":1").replace("SO-1", "SO\\r\\nX-Evil: 1")),
    REST_PATH_AS_AN_ORDER_NUMBER(Door.REST, "", order("\"value\":1").replace("SO-1", "../../etc/passwd")),
    REST_RIGHT_TO_LEFT_NAME(Door.REST, "", order("\"value\":1").replace("Jane", "\u202Eenaj")),

    YAML_BILLION_LAUGHS(Door.MAPPING, "*", laughs()),
    YAML_FEW_ALIASES_OF_MANY_VALUES(Door.MAPPING, "BAD_YAML", fewAliases()),
    YAML_THAT_MAKES_OBJECTS(
            Door.MAPPING,
            "*",
            "waybill: mapping/1\nname: !!javax.script.ScriptEngineManager [!!java.net.URL [\"http://127.0.0.1:1/\"]]\n"),
    YAML_DEPTH_OF_TEN_THOUSAND(Door.MAPPING, "*", "a: " + "[".repeat(10_000)),
    YAML_THE_SAME_KEY_TWICE(Door.MAPPING, "*", "name: a\nname: b\n"),
    YAML_OF_TWENTY_MEGABYTES(Door.MAPPING, "*", "name: ", "x", 20 << 20),
    YAML_NOT_UTF_8(Door.MAPPING, "*", new byte[] {'a', ':', ' ', (byte) 0xC3, '(', '\n'}),

    XML_BILLION_LAUGHS(Door.XML, "bad-xml", "<!DOCTYPE a [" + entities() + "]><a>&e9;</a>"),
    XML_ONE_ENTITY_A_MILLION_TIMES(
            Door.XML, "bad-xml", "<!DOCTYPE a [<!ENTITY x '" + "x".repeat(10_000) + "'>]><a>", "&x;", 1_000_000),
    XML_FILE_OF_THIS_MACHINE(Door.XML, "bad-xml", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>"),
    XML_FILE_BY_A_PARAMETER(Door.XML, "bad-xml", "<!DOCTYPE a [<!ENTITY % x SYSTEM 'file:///etc/hostname'> %x;]><a/>"),
    XML_DTD_FROM_ELSEWHERE(Door.XML, "bad-xml", "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>"),
    XML_DEPTH_OF_A_MILLION(Door.XML, "bad-xml", "", "<a>", 1_000_000),
    XML_TEXT_OF_FIFTY_MEGABYTES(Door.XML, "bad-xml", "<a>", "x", 50 << 20),
    XML_ATTRIBUTE_OF_FIFTY_MEGABYTES(Door.XML, "bad-xml", "<a b='", "x", 50 << 20),
    XML_NAME_OF_FIFTY_MEGABYTES(Door.XML, "bad-xml", "<", "x", 50 << 20),
    XML_COMMENT_OF_FIFTY_MEGABYTES(Door.XML, "bad-xml", "<a><!--", "x", 50 << 20),
    XML_INSTRUCTION_OF_FIFTY_MEGABYTES(Door.XML, "bad-xml", "<a><?x ", "x", 50 << 20),
    XML_SPACE_BEFORE_THE_BEGINNING_WITHOUT_END(Door.XML, "bad-xml", "", " ", 50 << 20),
    XML_THE_SAME_ATTRIBUTE_TWICE(Door.XML, "bad-xml", "<a b='1' b='2'/>"),
    XML_NOT_UTF_8(Door.XML, "bad-xml", new byte[] {'<', 'a', '>', (byte) 0xC3, '(', '<', '/', 'a', '>'}),
    XML_OF_AN_UNKNOWN_CHARSET(Door.XML, "bad-xml", "<?xml version='1.0' encoding='x-evil'?><a/>"),

    EDI_NOTHING_BUT_LINE_ENDS(Door.X12, "empty-file", "", "\n", 50 << 20),
    EDI_HEADER_WITHOUT_END(Door.X12, "bad-edi", "ISA", "x", 50 << 20),
    EDI_ELEMENT_OF_FIFTY_MEGABYTES(Door.X12, "bad-edi", interchange() + "BEG*", "x", 50 << 20),
    EDI_SEGMENT_WITHOUT_END(Door.X12, "bad-edi", interchange() + "BEG", "*1", 50 << 20),
    EDI_DOCUMENT_WITHOUT_END(Door.X12, "document-too-large", interchange(), "REF*ZZ*1~", 5_000_000),
    EDI_LOOPS_IN_LOOPS(Door.X12, "edi-too-deep", interchange(), "HL*1*1*S~", 5_000_000),
    EDI_CUT_OFF(Door.X12, "edi-cut-off", interchange()),
    EDI_PICTURE(Door.X12, "undecodable-text", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0}),
    EDIFACT_EVERYTHING_RELEASED(
            Door.EDIFACT, "bad-edi", "UNB+UNOA:3+A+B+261124:0930+1'UNH+1+ORDERS'BGM+", "??", 25 << 20),

    SETTINGS_UNKNOWN_KEY(Door.SETTINGS, "unknown-setting", "waybill.htttp.port=1\n"),
    SETTINGS_BAD_ESCAPE(Door.SETTINGS, "bad-escape", "waybill.data=\\u00zz\n");

    /** Where bytes come in; each answers the codes of what is wrong. */
    enum Door {
        CSV(in -> read(in, Format.CSV)),
        JSON(in -> read(in, Format.JSON)),
        NDJSON(in -> read(in, Format.NDJSON)),
        REST(Hostile::rest),
        MAPPING(Hostile::mapping),
        XML(XmlDoor::read),
        X12(in -> read(in, Format.X12)),
        EDIFACT(in -> read(in, Format.EDIFACT)),
        SETTINGS(Hostile::settings);

        private final Function<InputStream, List<Problem>> try_;

        Door(Function<InputStream, List<Problem>> try_) {
            this.try_ = try_;
        }
    }

    private static final Orders ORDERS = new Orders();

    private final Door door;
    final List<String> expected;
    private final byte[] head;
    private final byte[] unit;
    private final long times;

    /** @param expected any of these codes, {@code *} for any at all, nothing when it is harmless */
    Hostile(Door door, String expected, String head, String unit, long times) {
        this(door, expected, head.getBytes(UTF_8), unit.getBytes(UTF_8), times);
    }

    Hostile(Door door, String expected, String text) {
        this(door, expected, text.getBytes(UTF_8), new byte[0], 0);
    }

    Hostile(Door door, String expected, byte[] bytes) {
        this(door, expected, bytes, new byte[0], 0);
    }

    Hostile(Door door, String expected, byte[] head, byte[] unit, long times) {
        this.door = door;
        this.expected = expected.isEmpty() ? List.of() : List.of(expected.split(","));
        this.head = head;
        this.unit = unit;
        this.times = times;
    }

    List<String> codes() {
        try {
            InputStream in = new SequenceInputStream(new ByteArrayInputStream(head), new Repeated(unit, times));
            return door.try_.apply(in).stream().map(Problem::code).distinct().toList();
        } catch (ProblemException e) {
            return e.problems().stream().map(Problem::code).distinct().toList();
        }
    }

    /** One line for each: its name, milliseconds, codes; or what broke. */
    public static void main(String[] arguments) {
        for (Hostile input : values()) {
            long start = System.nanoTime();
            String how;
            try {
                how = String.join(",", input.codes());
            } catch (Throwable e) {
                how = "BROKE " + e;
            }
            System.out.println(input + " " + (System.nanoTime() - start) / 1_000_000 + " " + how);
        }
    }

    private static List<Problem> read(InputStream in, Format format) {
        List<Problem> problems = new ArrayList<>();
        try (DocumentReader reader = Formats.open(in, "hostile", Reading.of(format))) {
            for (Document next = reader.next(); next != null && problems.size() < 100; next = reader.next()) {
                problems.addAll(next.problems());
            }
        }
        return problems;
    }

    private static List<Problem> rest(InputStream in) {
        JsonNode order = ORDERS.parse(in);
        return ORDERS.check(order);
    }

    private static List<Problem> mapping(InputStream in) {
        try {
            Path folder = Files.createTempDirectory("hostile");
            Path mapping = Files.createDirectory(folder.resolve("hostile"));
            Path file = mapping.resolve("mapping.yaml");
            try {
                Files.copy(in, file);
                return Mappings.load(folder, target -> null).problems();
            } finally {
                Files.deleteIfExists(file);
                Files.delete(mapping);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Problem> settings(InputStream in) {
        try {
            return Settings.of(new String(in.readAllBytes(), UTF_8)).unread();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String order(String weight) {
        return "{\"orderId\":\"SO-1\",\"service\":\"ground\",\"shipTo\":{\"name\":\"Jane\",\"line1\":\"1 Main St\","
                + "\"city\":\"Austin\",\"state\":\"TX\",\"postalCode\":\"78701\",\"country\":\"US\"},"
                + "\"parcels\":[{\"weight\":{" + weight + ",\"unit\":\"kg\"}}]}";
    }

    private static String laughs() {
        StringBuilder text = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 10; i++) {
            text.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1) + "]\n");
        }
        return text.toString();
    }

    /** No more aliases than a mapping may have, and a hundred million values. */
    private static String fewAliases() {
        StringBuilder text = new StringBuilder("a0: &a0 [" + "1,".repeat(150_000) + "1]\n");
        for (int i = 1; i < 7; i++) {
            text.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(2) + "*a" + (i - 1) + "]\n");
        }
        return text.toString();
    }

    private static String interchange() {
        return "ISA*00*          *00*          *ZZ*SHOPCO         *ZZ*WAYBILL        *261124*0930*U*00401*000000042*0*T*>~"
                + "GS*PO*SHOPCO*WAYBILL*20261124*0930*7*X*004010~ST*856*0001~";
    }

    private static String entities() {
        StringBuilder text = new StringBuilder("<!ENTITY e0 'lol'>");
        for (int i = 1; i < 10; i++) {
            text.append("<!ENTITY e" + i + " '" + ("&e" + (i - 1) + ";").repeat(10) + "'>");
        }
        return text.toString();
    }

    private static byte[] packed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The same bytes so many times, none of them kept. */
    private static final class Repeated extends InputStream {
        private final byte[] unit;
        private long left;
        private int at;

        Repeated(byte[] unit, long times) {
            this.unit = unit;
            this.left = unit.length * times;
        }

        @Override
        public int read() {
            if (left == 0) {
                return -1;
            }
            left--;
            byte next = unit[at];
            at = (at + 1) % unit.length;
            return next & 0xFF;
        }

        @Override
        public int read(byte[] target, int from, int length) {
            int count = (int) Math.min(left, length);
            for (int i = 0; i < count; i++) {
                target[from + i] = (byte) read();
            }
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
