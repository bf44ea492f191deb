package io.waybill.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of X12 or EDIFACT again and writes what its sender is to hear of each document: 997 for each group, CONTRL for
 * each interchange. Acknowledgements are not acknowledged.
 */
public final class EdiAcknowledgement {
    private static final Set<String> ACKNOWLEDGEMENTS = Set.of("997", "999", "TA1", "CONTRL");

    /** What became of each document, asked in the file's order. */
    @FunctionalInterface
    public interface Verdicts {
        /** Why it was rejected; an empty list when it was not; nothing for a document nobody looked at. */
        Optional<Rejection> of(Document document);
    }

    /** @param rejected whether it was; else the problems only hindered nothing */
    public record Rejection(boolean rejected, List<Problem> problems) {}

    private final Reading reading;
    private final EdiStamp.Giver numbers;
    private final String subject;
    private int written;

    /**
     * @param subject what is acknowledged: the same again takes the same control numbers
     */
    public EdiAcknowledgement(Reading reading, EdiStamp.Giver numbers, String subject) {
        this.reading = reading;
        this.numbers = numbers;
        this.subject = subject;
    }

    /** What the file's name gets: {@code .997.edi} or {@code .contrl.edi}. */
    public static String extension(Format format) {
        return format == Format.X12 ? ".997.edi" : ".contrl.edi";
    }

    /** @return how many interchanges were written; none when there was nothing to acknowledge, or nothing that can be read */
    public int write(InputStream in, String fileName, Verdicts verdicts, OutputStream out) throws IOException {
        try (EdiDocuments documents = open(in, fileName)) {
            if (documents == null) {
                return written;
            }
            List<EdiJudged> interchange = new ArrayList<>();
            for (EdiDocuments.Read next = next(documents); next != null; next = next(documents)) {
                JsonNode tree = next.document().tree();
                Optional<Rejection> verdict = verdicts.of(next.document());
                if (verdict.isEmpty()
                        || ACKNOWLEDGEMENTS.contains(tree.path("transaction").asText())) {
                    continue;
                }
                if (!interchange.isEmpty() && !interchange.get(0).interchange().equals(tree.path("interchange"))) {
                    answer(interchange, false, out);
                    interchange.clear();
                }
                interchange.add(EdiJudged.of(
                        next, verdict.get().problems(), verdict.get().rejected()));
            }
            if (!interchange.isEmpty()) {
                EdiJudged last = interchange.get(interchange.size() - 1);
                answer(interchange, documents.isWithin(last.group(), last.interchange()), out);
            }
        }
        return written;
    }

    private @Nullable EdiDocuments open(InputStream in, String fileName) {
        try {
            return new EdiDocuments(Formats.unpacked(in, fileName, reading.limits()), fileName, reading);
        } catch (ProblemException e) {
            return null;
        }
    }

    /** What follows a break nobody has read. */
    private static EdiDocuments.@Nullable Read next(EdiDocuments documents) {
        try {
            return documents.nextRead();
        } catch (ProblemException e) {
            return null;
        }
    }

    /** @param cutOff reading broke before the end of what the last of them is in */
    private void answer(List<EdiJudged> judged, boolean cutOff, OutputStream out) throws IOException {
        Format format = reading.format();
        ObjectNode envelope = swapped(judged.get(0).interchange());
        List<ObjectNode> trees = new ArrayList<>();
        if (format == Format.X12) {
            List<List<EdiJudged>> groups = groups(judged);
            for (int i = 0; i < groups.size(); i++) {
                trees.add(Edi997.of(groups.get(i), envelope, cutOff && i == groups.size() - 1));
            }
        } else {
            trees.add(EdiContrl.of(judged, envelope, cutOff));
        }
        written++;
        EdiStamp stamp = numbers.give(Formats.numbersOf(format, trees.get(0)), subject + ":" + written);
        new EdiOutput(format, stamp).write(trees, out);
    }

    private static List<List<EdiJudged>> groups(List<EdiJudged> judged) {
        List<List<EdiJudged>> groups = new ArrayList<>();
        for (EdiJudged one : judged) {
            List<EdiJudged> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
            if (!last.isEmpty() && last.get(0).group().equals(one.group())) {
                last.add(one);
            } else {
                groups.add(new ArrayList<>(List.of(one)));
            }
        }
        return groups;
    }

    private static ObjectNode swapped(JsonNode received) {
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        copy(received, "receiver", envelope, "sender");
        copy(received, "receiverQualifier", envelope, "senderQualifier");
        copy(received, "sender", envelope, "receiver");
        copy(received, "senderQualifier", envelope, "receiverQualifier");
        copy(received, "version", envelope, "version");
        envelope.put("test", received.path("test").asBoolean());
        return envelope;
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String as) {
        if (from.has(name)) {
            to.set(as, from.get(name));
        }
    }
}
