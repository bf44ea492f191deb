package io.waybill.mapping;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * Why a text is no YAML, and where.
 *
 * @param line of a key without its colon, a text without its end and a bracket that is closed nowhere the line where it begins, not the one
 *     where the reader gave up
 */
public record YamlFault(int line, String reason) {
    public static YamlFault of(YAMLException e, String text) {
        if (e instanceof ReaderException of) {
            // the first there is: it is read no further
            String before = text.substring(0, Math.max(0, text.indexOf(of.getCodePoint())));
            return new YamlFault(
                    1 + (int) before.chars().filter(c -> c == '\n').count(),
                    String.format("it holds U+%04X, which no YAML may", of.getCodePoint()));
        }
        return e instanceof MarkedYAMLException marked
                ? new YamlFault(line(marked), String.valueOf(marked.getProblem()))
                : new YamlFault(1, String.valueOf(e.getMessage()));
    }

    private static int line(MarkedYAMLException e) {
        String doing = String.valueOf(e.getContext());
        String problem = String.valueOf(e.getProblem());
        boolean begun = doing.contains("simple key")
                || (doing.contains("quoted scalar") && problem.contains("end of stream"))
                || (doing.contains("flow") && problem.contains("<stream end>"));
        Mark mark = begun ? e.getContextMark() : e.getProblemMark();
        return mark == null ? 1 : mark.getLine() + 1;
    }
}
