package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes trees in the shape they are read in as interchanges, those of one envelope together, with counts as they are. What
 * a tree does not say of its envelope is filled in from the stamp.
 */
final class EdiOutput {
    /** Letters that may stand between what is repeated: one of them is in no value. */
    private static final String REPETITIONS = "^|\\`!{}";

    private final boolean x12;
    private final EdiStandard standard;
    private final EdiFilled filled;
    private final boolean strict;
    private final @Nullable Charset charset;

    /** What a mapping wrote. */
    EdiOutput(Format format, EdiStamp stamp) {
        this(format, stamp, null);
    }

    /** What was read, which is written again whatever it holds: EDIFACT in this charset, or without one in that it names itself. */
    EdiOutput(Format format, @Nullable Charset charset) {
        this(format, null, charset);
    }

    private EdiOutput(Format format, @Nullable EdiStamp stamp, @Nullable Charset charset) {
        this.charset = charset;
        this.strict = stamp != null;
        this.x12 = format == Format.X12;
        this.standard = EdiStandard.of(format);
        this.filled = new EdiFilled(stamp);
    }

    void write(List<? extends JsonNode> trees, OutputStream out) throws IOException {
        trees.forEach(EdiOutput::named);
        for (List<JsonNode> together : runs(trees, List.of("interchange"))) {
            JsonNode interchange = together.get(0).path("interchange");
            out.write(x12 ? x12(interchange, together) : edifact(interchange, together));
        }
    }

    /** Neighbours that say the same of these envelopes. */
    private static List<List<JsonNode>> runs(List<? extends JsonNode> trees, List<String> envelopes) {
        List<List<JsonNode>> runs = new ArrayList<>();
        for (JsonNode tree : trees) {
            List<JsonNode> last = runs.isEmpty() ? List.of() : runs.get(runs.size() - 1);
            boolean same = !last.isEmpty()
                    && envelopes.stream()
                            .allMatch(name -> last.get(0).path(name).equals(tree.path(name)));
            if (same) {
                last.add(tree);
            } else {
                runs.add(new ArrayList<>(List.of(tree)));
            }
        }
        return runs;
    }

    private byte[] x12(JsonNode interchange, List<JsonNode> trees) {
        ObjectNode facts = filled.isa(interchange);
        boolean repeats = facts.path("version").asText().compareTo("00402") >= 0;
        List<EdiSpelling> spellings = new ArrayList<>();
        if (repeats) {
            spellings.add(EdiSpelling.X12);
            REPETITIONS.chars().forEach(c -> spellings.add(EdiSpelling.X12_UNUSUAL.repeatedBy((char) c)));
        } else {
            spellings.add(EdiSpelling.X12.withoutRepetition());
        }
        spellings.add(EdiSpelling.X12_UNUSUAL.withoutRepetition());
        return x12(facts, trees, strict ? spellings.subList(0, 1) : spellings);
    }

    /** In the first of these spellings whose separators no value holds. */
    private byte[] x12(ObjectNode facts, List<JsonNode> trees, List<EdiSpelling> spellings) {
        try {
            return x12(facts, trees, spellings.get(0));
        } catch (ProblemException e) {
            boolean separator = e.problems().get(0).code().equals(FormatCode.EDI_SEPARATOR_IN_VALUE.code());
            if (!separator || spellings.size() == 1) {
                throw e;
            }
            return x12(facts, trees, spellings.subList(1, spellings.size()));
        }
    }

    private byte[] x12(ObjectNode facts, List<JsonNode> trees, EdiSpelling spelling) {
        StringBuilder text = new StringBuilder(EdiFilled.header(facts, spelling));
        List<List<JsonNode>> groups = runs(trees, List.of("group"));
        for (List<JsonNode> together : groups) {
            EdiSegment group = filled.gs(facts, together.get(0));
            text.append(spelling.of(group));
            for (int i = 0; i < together.size(); i++) {
                JsonNode tree = together.get(i);
                ObjectNode header = named(tree).deepCopy();
                header.put("number", tree.path("number").asText(String.format(Locale.ROOT, "%04d", i + 1)));
                text.append(body(spelling, EdiEnvelope.segment("ST", header), tree));
            }
            text.append(trailer(spelling, standard.group, together.size(), group.text("GS06")));
        }
        text.append(trailer(
                spelling,
                standard.interchange,
                groups.size(),
                facts.path("number").asText()));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] edifact(JsonNode interchange, List<JsonNode> trees) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < trees.size(); i++) {
            JsonNode tree = trees.get(i);
            ObjectNode header = JsonNodeFactory.instance.objectNode();
            header.put("UNH01", tree.path("number").asText(String.valueOf(i + 1)));
            header.put("UNH02", named(tree).path("transaction").asText());
            List<String> version = version(tree);
            for (int at = 0; at < version.size(); at++) {
                header.put(EdiSegment.name("UNH", 2, at + 2), version.get(at));
            }
            text.append(body(EdiSpelling.EDIFACT, new EdiSegment("UNH", header), tree));
        }
        ObjectNode facts = filled.unb(interchange, text);
        text.append(trailer(
                EdiSpelling.EDIFACT,
                standard.interchange,
                trees.size(),
                facts.path("number").asText()));
        Charset written = strict ? partners(facts, enveloped(facts, text)) : readAgain(facts, enveloped(facts, text));
        return enveloped(facts, text).getBytes(written);
    }

    private static String enveloped(ObjectNode facts, CharSequence messages) {
        return "UNA:+.?*'\n" + EdiSpelling.EDIFACT.of(EdiFilled.unb(facts)) + messages;
    }

    /** That in which we read what this syntax names; where it lacks a letter UTF-8, and the syntax says so, but for one of plain letters. */
    private Charset readAgain(ObjectNode facts, String text) {
        if (charset != null) {
            return charset;
        }
        Charset named = LatinAsWritten.of(EdiText.charset(facts.path("syntax").asText()));
        if (named.newEncoder().canEncode(text)) {
            return named;
        }
        if (!named.equals(StandardCharsets.US_ASCII)) {
            facts.put("syntax", "UNOY");
        }
        return StandardCharsets.UTF_8;
    }

    /** That which this syntax names, to the letter. */
    private static Charset partners(JsonNode facts, String text) {
        String syntax = facts.path("syntax").asText();
        Charset named = EdiText.charset(syntax);
        for (int c : text.codePoints().toArray()) {
            if (!named.newEncoder().canEncode(Character.toString(c))) {
                throw new ProblemException(
                        Problem.of(FormatCode.EDI_NOT_ENCODABLE, "syntax", syntax, "letter", Character.toString(c)));
            }
        }
        return named;
    }

    private String body(EdiSpelling spelling, EdiSegment header, JsonNode tree) {
        List<EdiSegment> segments = EdiListing.of(tree, strict);
        String number = header.text(standard.transaction.number());
        return spelling.of(header)
                + segments.stream().map(spelling::of).collect(Collectors.joining())
                + trailer(spelling, standard.transaction, segments.size() + 2, number);
    }

    private static String trailer(EdiSpelling spelling, EdiStandard.Wrapper wrapper, int count, String number) {
        ObjectNode elements = JsonNodeFactory.instance.objectNode();
        elements.put(wrapper.count(), count).put(wrapper.repeated(), number);
        return spelling.of(new EdiSegment(wrapper.end(), elements));
    }

    private static ObjectNode named(JsonNode tree) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            if (field.getValue().isValueNode()) {
                facts.set(field.getKey(), field.getValue());
            }
        }
        if (!facts.has("transaction")) {
            throw new ProblemException(Problem.of(FormatCode.EDI_FIELD_MISSING, "field", "transaction"));
        }
        return facts;
    }

    private static List<String> version(JsonNode tree) {
        EdiLayout layout = EdiLayout.of(tree.path("transaction").asText());
        String version = tree.path("version").asText(layout == null ? "" : layout.version());
        if (version.isEmpty()) {
            throw new ProblemException(Problem.of(FormatCode.EDI_FIELD_MISSING, "field", "version"));
        }
        return List.of(version.split(":", -1));
    }
}
