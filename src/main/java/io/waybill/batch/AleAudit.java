package io.waybill.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.ledger.FileRow;
import io.waybill.ledger.Ledger;
import io.waybill.ledger.OutcomeBook.Outcome;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers IDocs by ALEAUD: for each its number in SAP and the status it has come to, 53 when it was taken in, 51 when somebody
 * must correct it, 68 when it was none of ours. One IDoc holds at most 500 of one message type and one sender.
 */
record AleAudit(Ledger ledger, Feed feed, FileRow file) implements Acknowledgement {
    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);
    private static final int MOST = 500;
    private static final int TEXT = 70;
    private static final String CONTROL = "EDI_DC40";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final DateTimeFormatter DATE = at("yyyyMMdd");
    private static final DateTimeFormatter TIME = at("HHmmss");

    /** Flat IDocs, and XML whose documents are elements called IDOC. */
    static boolean answers(Reading reading) {
        List<String> records = reading.records();
        return reading.format() == Format.IDOC_FLAT
                || (reading.format() == Format.XML
                        && !records.isEmpty()
                        && records.get(records.size() - 1).equals("IDOC"));
    }

    @Override
    public String end() {
        return xml() ? ".aleaud.xml" : ".aleaud.idoc";
    }

    private boolean xml() {
        return feed.reading().format() == Format.XML;
    }

    @Override
    public boolean write(Path path, Path copy) {
        ArrayNode idocs = NODES.arrayNode();
        try (InputStream in = Files.newInputStream(copy);
                DocumentReader reader = Formats.open(in, file.name(), feed.reading())) {
            collect(reader, idocs);
        } catch (ProblemException e) {
            LOG.debug("{} is answered as far as it can be read", file.id(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        NewFile.write(path, out -> write(idocs, out));
        return !idocs.isEmpty();
    }

    private void collect(DocumentReader reader, ArrayNode idocs) {
        Outcomes outcomes = new Outcomes(ledger, file, 0);
        ObjectNode open = null;
        for (Document next = reader.next(); next != null; next = reader.next()) {
            Outcome outcome = outcomes.of(next);
            JsonNode control = next.tree().path(CONTROL);
            if (outcome != null && control.hasNonNull("DOCNUM")) {
                open = open != null && fits(open, control) ? open : begun(idocs, control);
                states(open).add(state(control, outcomes.told(outcome)));
            }
        }
    }

    private void write(ArrayNode idocs, OutputStream out) {
        if (xml()) {
            ObjectNode root = NODES.objectNode();
            root.putObject("ALEAUD01").set("IDOC", idocs);
            Formats.write(Format.XML, root, out);
        } else {
            idocs.forEach(idoc -> Formats.write(Format.IDOC_FLAT, idoc, out));
        }
    }

    private static boolean fits(ObjectNode idoc, JsonNode answered) {
        JsonNode control = idoc.path(CONTROL);
        JsonNode head = idoc.path("E1ADHDR");
        return states(idoc).size() < MOST
                && control.path("RCVPOR")
                        .asText()
                        .equals(answered.path("SNDPOR").asText())
                && control.path("RCVPRN")
                        .asText()
                        .equals(answered.path("SNDPRN").asText())
                && head.path("MESTYP_LNG")
                        .asText()
                        .equals(answered.path("MESTYP").asText())
                && head.path("MESCOD").asText().equals(answered.path("MESCOD").asText())
                && head.path("MESFCT").asText().equals(answered.path("MESFCT").asText());
    }

    private static ArrayNode states(ObjectNode idoc) {
        return idoc.withArray("/E1ADHDR/E1STATE");
    }

    /** A new IDoc back to where the answered one came from. */
    private ObjectNode begun(ArrayNode idocs, JsonNode answered) {
        Instant received = file.receivedAt();
        ObjectNode idoc = idocs.addObject();
        ObjectNode control = segment(idoc, CONTROL).put("TABNAM", CONTROL);
        put(control, "MANDT", answered.path("MANDT").asText());
        control.put("DOCNUM", String.format(Locale.ROOT, "%016d", idocs.size()));
        control.put("DIRECT", "2").put("IDOCTYP", "ALEAUD01").put("MESTYP", "ALEAUD");
        for (String part : List.of("POR", "PRT", "PFC", "PRN")) {
            put(control, "SND" + part, answered.path("RCV" + part).asText());
        }
        for (String part : List.of("POR", "PRT", "PFC", "PRN")) {
            put(control, "RCV" + part, answered.path("SND" + part).asText());
        }
        control.put("CREDAT", DATE.format(received)).put("CRETIM", TIME.format(received));
        String message = answered.path("MESTYP").asText();
        ObjectNode head = segment(idoc, "E1ADHDR");
        put(head, "MESTYP", message.length() <= 6 ? message : "");
        put(head, "MESCOD", answered.path("MESCOD").asText());
        put(head, "MESFCT", answered.path("MESFCT").asText());
        put(head, "MESTYP_LNG", message);
        return idoc;
    }

    private static ObjectNode segment(ObjectNode above, String name) {
        return above.putObject(name).put("@SEGMENT", "1");
    }

    private ObjectNode state(JsonNode answered, Fate fate) {
        Fate.Result result = fate.result();
        boolean bad = result.bad() || result == Fate.Result.NOT_TAKEN;
        String status = bad ? "51" : result == Fate.Result.SKIPPED ? "68" : "53";
        String words =
                fate.problems().isEmpty() ? result.word() : said(fate.problems().get(0));
        ObjectNode state = NODES.objectNode().put("@SEGMENT", "1");
        state.put("DOCNUM", answered.path("DOCNUM").asText()).put("STATUS", status);
        state.put("STATXT", shortened(words)).put("STATYP", bad ? "E" : "S");
        put(state, "STAPA1_LNG", fate.uid());
        return state;
    }

    /** With the field in SAP's own words, which the detail leaves out. */
    private String said(Problem problem) {
        String field = problem.values().getOrDefault("source", "");
        return (field.isEmpty() ? "" : field + ": ") + problem.detail(feed.language());
    }

    private static void put(ObjectNode segment, String field, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            segment.put(field, value);
        }
    }

    private static String shortened(String words) {
        return words.length() <= TEXT ? words : words.substring(0, TEXT - 3) + "...";
    }

    private static DateTimeFormatter at(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
