package io.waybill.mapping;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern SIGN =
            Pattern.compile("^found character '(.)' that cannot start|^found undefined alias ");

    private static final Map<String, String> WHAT_TO_DO = Map.of(
            "could not find expected ':'",
            "could not find expected ':': a colon and a blank stand between a key and its value",
            "mapping values are not allowed here",
            "a key begins where none may: indent it as the keys beside it, put a blank behind the colon before it, and a value that"
                    + " holds a colon in quotes",
            "expected <block end>, but found '<block mapping start>'",
            "it is indented otherwise than the keys beside it",
            "expected <block end>, but found '-'",
            "an item of a list begins beside keys",
            "expected <block end>, but found '<scalar>'",
            "a text that belongs to no key: a value that holds quotes is to be in quotes as a whole, and one that goes on in the next"
                    + " line is indented there");

    public static YamlFault of(YAMLException e, String text) {
        if (e instanceof ReaderException of) {
            // the first there is: it is read no further
            String before = text.substring(0, Math.max(0, text.indexOf(of.getCodePoint())));
            return new YamlFault(
                    1 + (int) before.chars().filter(c -> c == '\n').count(),
                    String.format("it holds U+%04X, which no YAML may", of.getCodePoint()));
        }
        return e instanceof MarkedYAMLException marked
                ? new YamlFault(line(marked), reason(marked))
                : new YamlFault(1, String.valueOf(e.getMessage()));
    }

    /** What to do about it, where the reader's own words leave that to the writer. */
    private static String reason(MarkedYAMLException e) {
        String said = String.valueOf(e.getProblem());
        if (said.startsWith("found character '\\t")) {
            return "a tab stands where only blanks may: before a key, or beside its value";
        }
        Matcher sign = SIGN.matcher(said);
        if (sign.find()) {
            String begins = sign.group(1) == null ? "*" : sign.group(1);
            return "a value that begins with " + begins + " is to be in quotes";
        }
        if (isInQuotes(e)) {
            return "a quote that is opened here is closed nowhere";
        }
        return WHAT_TO_DO.getOrDefault(said, said);
    }

    private static boolean isInQuotes(MarkedYAMLException e) {
        return String.valueOf(e.getContext()).contains("quoted scalar")
                && String.valueOf(e.getProblem()).contains("end of stream");
    }

    private static int line(MarkedYAMLException e) {
        String doing = String.valueOf(e.getContext());
        String problem = String.valueOf(e.getProblem());
        boolean begun = doing.contains("simple key")
                || isInQuotes(e)
                || (doing.contains("flow") && problem.contains("<stream end>"));
        Mark mark = begun ? e.getContextMark() : e.getProblemMark();
        return mark == null ? 1 : mark.getLine() + 1;
    }
}
