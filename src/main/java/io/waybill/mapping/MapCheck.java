package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.waybill.format.Document;
import io.waybill.format.DocumentReader;
import io.waybill.format.EdiStamp;
import io.waybill.format.Format;
import io.waybill.format.Formats;
import io.waybill.format.Reading;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Runs the tests a mapping carries. */
public final class MapCheck {
    private static final EdiStamp STAMP = new EdiStamp(1, Instant.parse("2026-01-01T00:00:00Z"));

    private MapCheck() {}

    /**
     * How one test of a mapping went.
     *
     * @param line of the test in the mapping file
     * @param problems why it failed; empty when it passed
     */
    public record TestResult(String mapping, String test, int line, List<Problem> problems) {
        public boolean passed() {
            return problems.isEmpty();
        }
    }

    /** Every test of the mapping, in file order. */
    public static List<TestResult> run(Mapping mapping) {
        return mapping.samples().stream()
                .map(sample -> new TestResult(mapping.name(), sample.name(), sample.line(), problems(mapping, sample)))
                .toList();
    }

    private static List<Problem> problems(Mapping mapping, Sample sample) {
        ArrayNode mapped = Values.NODES.arrayNode();
        List<Problem> found = new ArrayList<>();
        Set<String> outcomes = new LinkedHashSet<>();
        try {
            read(mapping, sample.input(), document -> {
                Result result = mapping.apply(document);
                outcomes.add(result instanceof Result.Skipped skipped ? skipped.word() : "an order");
                if (result instanceof Result.Mapped done) {
                    mapped.add(done.tree());
                } else if (result instanceof Result.Failed failed) {
                    found.addAll(failed.problems());
                }
            });
        } catch (ProblemException e) {
            found.addAll(e.problems());
        } catch (IOException e) {
            found.add(Problem.of(
                    MappingCode.MISSING_FILE, "file", mapping.file(), "line", sample.line(), "path", sample.input()));
        }
        if (sample.none() != null && found.isEmpty()) {
            return none(mapping, sample, sample.none(), outcomes);
        }
        return sample.error() != null
                ? missing(mapping, sample, sample.error(), found)
                : compare(mapping, sample, mapped, found);
    }

    private static List<Problem> none(Mapping mapping, Sample sample, String expected, Set<String> outcomes) {
        String got = outcomes.isEmpty() ? "no document" : String.join(", ", outcomes);
        return got.equals(expected) ? List.of() : List.of(failed(mapping, sample, "", expected, got));
    }

    /** A file as the mapping reads it, or one document that was recorded. */
    private static void read(Mapping mapping, String name, Consumer<Document> each) throws IOException {
        Path file = mapping.folder().resolve(name);
        if (name.endsWith(Recording.DOCUMENT)) {
            each.accept(Document.of(Formats.json(Files.readString(file), name)));
            return;
        }
        try (DocumentReader reader = mapping.open(file, name)) {
            for (Document next = reader.next(); next != null; next = reader.next()) {
                each.accept(next);
            }
        }
    }

    private static List<Problem> missing(
            Mapping mapping, Sample sample, Sample.ExpectedError expected, List<Problem> found) {
        boolean there = found.stream().anyMatch(problem -> matches(problem, expected));
        String seen = found.isEmpty()
                ? "no problem"
                : String.join("; ", found.stream().map(Problem::toString).toList());
        return there
                ? List.of()
                : List.of(failed(
                        mapping,
                        sample,
                        "",
                        expected.code() + (expected.field().isEmpty() ? "" : " of " + expected.field()),
                        seen));
    }

    private static boolean matches(Problem problem, Sample.ExpectedError expected) {
        return problem.code().equals(expected.code())
                && (expected.field().isEmpty()
                        || expected.field().equals(problem.values().get("field")))
                && (expected.row() == 0
                        || String.valueOf(expected.row())
                                .equals(problem.values().get("row")));
    }

    private static List<Problem> compare(Mapping mapping, Sample sample, ArrayNode mapped, List<Problem> found) {
        if (sample.none() != null) {
            return found;
        }
        List<Problem> problems = new ArrayList<>(found);
        String name = String.valueOf(sample.expect());
        try {
            Optional<Format> edi = Format.read(name.replaceFirst(".*\\.", "")).filter(Format::edi);
            if (edi.isPresent()) {
                problems.addAll(compare(mapping, sample, edi.get(), mapped));
                return problems;
            }
            if (!name.endsWith(".json")) {
                problems.addAll(compareFile(mapping, sample, mapped));
                return problems;
            }
            JsonNode expected =
                    Formats.jsonOrSeveral(Files.readString(mapping.folder().resolve(name)), name);
            JsonNode actual = expected.isArray() || mapped.size() != 1 ? mapped : mapped.get(0);
            Differences.between(
                    expected,
                    actual,
                    "",
                    (pointer, wanted, got) -> problems.add(failed(mapping, sample, pointer, wanted, got)));
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        } catch (IOException e) {
            problems.add(
                    Problem.of(MappingCode.MISSING_FILE, "file", mapping.file(), "line", sample.line(), "path", name));
        }
        return problems;
    }

    /** The file that the mapping's {@code output} makes, line by line. */
    private static List<Problem> compareFile(Mapping mapping, Sample sample, ArrayNode mapped) throws IOException {
        List<JsonNode> trees = new ArrayList<>();
        mapped.forEach(trees::add);
        byte[] wanted = Files.readAllBytes(mapping.folder().resolve(String.valueOf(sample.expect())));
        byte[] got = mapping.file(trees);
        if (Arrays.equals(wanted, got)) {
            return List.of();
        }
        Reading output = mapping.compiled().output();
        Charset charset = output == null || output.charset() == null ? StandardCharsets.UTF_8 : output.charset();
        Format format = output == null ? Format.CSV : output.format();
        boolean sheet = format.sheet();
        String there = sheet ? rows(wanted, format, sample) : new String(wanted, charset);
        String here = sheet ? rows(got, format, sample) : new String(got, charset);
        if (sheet && there.equals(here)) {
            return List.of();
        }
        FileDifference found = FileDifference.of(there, here);
        return List.of(failed(mapping, sample, "", found.wanted(), found.got()));
    }

    /** A workbook says when it was written, so that no two are alike: its rows are compared. */
    private static String rows(byte[] workbook, Format format, Sample sample) {
        StringBuilder rows = new StringBuilder();
        Reading plain = Reading.of(format);
        try (DocumentReader reader =
                Formats.open(new ByteArrayInputStream(workbook), String.valueOf(sample.expect()), plain)) {
            rows.append(String.join(", ", reader.columns())).append('\n');
            for (Document next = reader.next(); next != null; next = reader.next()) {
                rows.append(next.tree()).append('\n');
            }
        }
        return rows.toString();
    }

    /** An interchange in the charset it is sent in, or in UTF-8, as people write what they expect. */
    private static List<String> lines(byte[] interchange) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(interchange))
                    .toString()
                    .lines()
                    .toList();
        } catch (CharacterCodingException e) {
            return new String(interchange, StandardCharsets.ISO_8859_1).lines().toList();
        }
    }

    /** What is written is compared line by line, under the first control number and at the beginning of 2026. */
    private static List<Problem> compare(Mapping mapping, Sample sample, Format format, ArrayNode mapped)
            throws IOException {
        List<String> got = new ArrayList<>();
        for (JsonNode tree : mapped) {
            got.addAll(lines(Formats.edi(format, tree, STAMP)));
        }
        List<String> wanted = lines(Files.readAllBytes(mapping.folder().resolve(String.valueOf(sample.expect()))));
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < Math.max(got.size(), wanted.size()); i++) {
            String here = i < got.size() ? got.get(i) : "";
            String there = i < wanted.size() ? wanted.get(i) : "";
            if (!here.equals(there)) {
                problems.add(failed(mapping, sample, "/" + (i + 1), there, here));
            }
        }
        return problems;
    }

    private static Problem failed(Mapping mapping, Sample sample, String pointer, String wanted, String got) {
        return Problem.of(MappingCode.TEST_FAILED, "test", sample.name(), "wanted", wanted, "got", got)
                .at(pointer)
                .with("file", mapping.file())
                .with("line", sample.line());
    }
}
