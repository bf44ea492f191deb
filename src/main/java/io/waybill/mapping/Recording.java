package io.waybill.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.waybill.format.Document;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes a document that came in a test of its mapping: first without the people in it, then as files in the mapping's folder. */
public final class Recording {
    /** The end of the name of a sample that is a document's tree, whatever its mapping reads. */
    static final String DOCUMENT = ".document.json";

    private static final Pattern VERSION = Pattern.compile("(?m)^version:\\s*(\\d+)");
    private static final Pattern TESTS = Pattern.compile("(?m)^tests:[ \\t]*(#.*)?$");
    private static final Pattern FIRST_TEST = Pattern.compile("(?:[ \\t]*(?:#.*)?\\R)*([ \\t]*)-");
    private static final Pattern ANOTHER_KEY = Pattern.compile("(?m)^[A-Za-z]");

    private Recording() {}

    /**
     * The document with other names, streets, phones, e-mails and tax numbers.
     *
     * @throws ProblemException {@code RECORDING_DIFFERS} when the mapping makes something else of it then
     */
    public static JsonNode masked(Mapping mapping, JsonNode tree) {
        JsonNode masked = new Disguise(mapping).of(mapping.wrapper().unwrap(tree));
        String before = outcome(mapping, tree);
        String after = outcome(mapping, masked);
        if (!before.equals(after)) {
            throw new ProblemException(Problem.of(
                    MappingCode.RECORDING_DIFFERS, "file", mapping.file(), "before", before, "after", after));
        }
        return masked;
    }

    private static String outcome(Mapping mapping, JsonNode tree) {
        Result result = mapping.apply(Document.of(tree));
        if (result instanceof Result.Failed failed) {
            return failed.problems().stream()
                    .map(problem -> problem.code() + " " + problem.pointer())
                    .collect(Collectors.joining(", "));
        }
        return result instanceof Result.Skipped skipped ? skipped.word() + ": " + skipped.reason() : "mapped";
    }

    /**
     * Writes the test: the document, what must come of it, and its line under {@code tests}. A version that has served keeps
     * its text for ever, so its number is raised.
     *
     * @param mapping as its file stands
     * @param served versions that are on record
     * @return the files written, as a person would name them
     * @throws ProblemException {@code TEST_EXISTS}, {@code BAD_VALUE} for a name without a letter, {@code TESTS_INLINE}
     */
    public static List<String> write(Mapping mapping, String test, JsonNode masked, Collection<Integer> served) {
        String plain = plain(mapping, test);
        Path input = mapping.folder().resolve(plain + DOCUMENT);
        boolean known =
                mapping.samples().stream().anyMatch(sample -> sample.name().equals(test));
        Path expected = mapping.folder().resolve(plain + ".expected.json");
        if (plain.isEmpty() || known || Files.exists(input) || Files.exists(expected)) {
            throw new ProblemException(
                    Problem.of(MappingCode.TEST_EXISTS, "file", mapping.file(), "line", 1, "test", test));
        }
        Result result = mapping.apply(Document.of(masked));
        String text = withTest(mapping, entry(test, plain, result));
        try {
            Files.writeString(input, masked.toPrettyString() + "\n");
            if (result instanceof Result.Mapped mapped) {
                Files.writeString(expected, mapped.tree().toPrettyString() + "\n");
            }
            replace(mapping.folder().resolve("mapping.yaml"), raised(text, mapping.version(), served));
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of(MappingCode.MISSING_FILE, "file", mapping.file(), "line", 1, "path", input), e);
        }
        return result instanceof Result.Mapped
                ? List.of(mapping.file(), plain + DOCUMENT, plain + ".expected.json")
                : List.of(mapping.file(), plain + DOCUMENT);
    }

    /** What its files are called: not every disk takes other letters than these, so where a name has none they are numbered. */
    private static String plain(Mapping mapping, String test) {
        String plain =
                test.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        if (!plain.isEmpty() || test.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return plain;
        }
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> number == 1 ? "recorded" : "recorded-" + number)
                .filter(name -> !Files.exists(mapping.folder().resolve(name + DOCUMENT)))
                .filter(name -> !Files.exists(mapping.folder().resolve(name + ".expected.json")))
                .findFirst()
                .orElse("");
    }

    private static String entry(String test, String plain, Result result) {
        String head = "- { name: " + Values.NODES.textNode(test) + ", input: " + plain + DOCUMENT;
        if (result instanceof Result.Failed failed) {
            Problem first = failed.problems().get(0);
            String field = first.values().getOrDefault("field", "");
            return head + ", expectError: { " + (field.isEmpty() ? "" : "field: \"" + field + "\", ") + "code: "
                    + first.code() + " } }\n";
        }
        if (result instanceof Result.Skipped skipped) {
            return head + ", expectNone: " + skipped.word() + " }\n";
        }
        return head + ", expect: " + plain + ".expected.json }\n";
    }

    /** At the end of the tests, or at their beginning where something follows them. */
    private static String withTest(Mapping mapping, String entry) {
        String text = mapping.text().endsWith("\n") ? mapping.text() : mapping.text() + "\n";
        Matcher tests = TESTS.matcher(text);
        if (!tests.find()) {
            if (text.contains("\ntests:")) {
                throw new ProblemException(
                        Problem.of(MappingCode.TESTS_INLINE, "file", mapping.file(), "line", 1, "key", "tests"));
            }
            return text + "tests:\n  " + entry;
        }
        String under = text.substring(tests.end());
        Matcher first = FIRST_TEST.matcher(under);
        String line = (first.lookingAt() ? first.group(1) : "  ") + entry;
        boolean last = !ANOTHER_KEY.matcher(under).find();
        return last ? text + line : text.substring(0, tests.end() + 1) + line + text.substring(tests.end() + 1);
    }

    private static String raised(String text, int version, Collection<Integer> served) {
        if (!served.contains(version)) {
            return text;
        }
        int next = Math.max(version, Collections.max(served)) + 1;
        return VERSION.matcher(text).replaceFirst("version: " + next);
    }

    private static void replace(Path file, String text) throws IOException {
        Path beside = file.resolveSibling("mapping.yaml.new");
        Files.writeString(beside, text);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
