package io.waybill.format;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The elements beside those that lead to the documents of an XML file. One that holds no more than a text, such as a count, and
 * one that is named as an envelope's are no documents; any other may be one under a name nobody asked for.
 */
final class XmlSiblings {
    /** How many names are told. */
    private static final int MOST = 20;

    private static final Pattern ENVELOPE = Pattern.compile(
            "(file|batch|message|document)?[_-]?"
                    + "(head|header|trailer|footer|control|controlarea|summary|metadata|sender|receiver)",
            Pattern.CASE_INSENSITIVE);

    private final Set<String> unread = new LinkedHashSet<>();
    private String outermost = "";
    private int told;
    private String current = "";

    /** The file's outermost element is not the one the way to the documents begins with. */
    void beginsWith(String name) {
        outermost = name;
    }

    void begins(String name, boolean hasAttributes) {
        current = name;
        if (hasAttributes) {
            hasElements();
        }
    }

    /** The one that began last holds more than a text. */
    void hasElements() {
        if (!current.isEmpty() && unread.size() < MOST && !isEnvelope(current)) {
            unread.add(current);
        }
    }

    /** What tells of the file and not of a document. */
    static boolean isEnvelope(String name) {
        return ENVELOPE.matcher(name).matches();
    }

    /** What is told of those met since this was asked last. */
    List<Problem> notes(String file, List<String> path) {
        List<String> names = new ArrayList<>(unread).subList(told, unread.size());
        told = unread.size();
        return names.isEmpty() ? List.of() : List.of(note(file, path, names));
    }

    /**
     * Asked where no document was found.
     *
     * @param placed whether there was the place for them
     * @throws ProblemException {@code no-records}, unless there is the place and nothing that may be one
     */
    void requireNone(String file, List<String> path, boolean placed) {
        if (placed && unread.isEmpty()) {
            return;
        }
        List<Problem> problems = new ArrayList<>();
        problems.add(
                Problem.of(FormatCode.NO_RECORDS, "file", file, "path", String.join(".", path), "there", outermost));
        if (!unread.isEmpty()) {
            problems.add(note(file, path, List.copyOf(unread)));
        }
        throw new ProblemException(problems);
    }

    private static Problem note(String file, List<String> path, List<String> names) {
        String others = String.join(", ", names);
        return Problem.of(FormatCode.UNREAD_ELEMENTS, "file", file, "path", String.join(".", path), "others", others);
    }
}
