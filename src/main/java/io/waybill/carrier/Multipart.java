package io.waybill.carrier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An answer in parts (RFC 2046, 7578), read as carriers write them rather than as the standard says: lines that end in LF
 * alone, headers in any case, a boundary the {@code Content-Type} states otherwise or not at all, no last boundary, base 64
 * without a word about it.
 *
 * @param parts in their order
 */
public record Multipart(List<Part> parts) {
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)[;\\s]boundary\\s*=\\s*(?:\"([^\"]+)\"|'([^']+)'|([^\\s;]+))");
    private static final Pattern FIRST_LINE = Pattern.compile("(?m)^--([^\\r\\n]{1,200}?)[ \\t]*\\r?$");
    private static final Pattern NAME = Pattern.compile("(?i)[;\\s]name\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;]+))");
    private static final Pattern FILE = Pattern.compile("(?i)[;\\s]filename\\s*=\\s*(?:\"([^\"]*)\"|([^\\s;]+))");

    public Multipart {
        parts = List.copyOf(parts);
    }

    /**
     * One part.
     *
     * @param name of the field, else of the file without its ending, else empty
     * @param headers in any case
     * @param bytes as they were sent
     */
    public record Part(String name, Map<String, String> headers, byte[] bytes) {

        /**
         * What was meant: base 64 of either alphabet, declared or not, is undone.
         *
         * @throws IllegalArgumentException when it ends too early
         */
        public byte[] content() {
            return isBase64() ? Reply.bytes(new String(bytes, ISO_8859_1)) : bytes;
        }

        private boolean isBase64() {
            boolean any = false;
            for (byte b : bytes) {
                boolean blank = b == ' ' || b == '\t' || b == '\r' || b == '\n';
                boolean digit = (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9');
                if (!blank && !digit && "+/-_=".indexOf(b) < 0) {
                    return false;
                }
                any |= digit;
            }
            return any;
        }

        /** {@code label-image.pdf} is {@code labelImage}. */
        private boolean isNamed(String asked) {
            return plain(name).equals(plain(asked));
        }

        private static String plain(String name) {
            return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
        }
    }

    /** The first part of this name. */
    public Optional<Part> part(String name) {
        return parts.stream().filter(part -> part.isNamed(name)).findFirst();
    }

    /**
     * Reads an answer's parts.
     *
     * @throws IllegalArgumentException when there are none
     */
    public static Multipart of(Answer.Read answer) {
        return of(answer.headers().firstValue("Content-Type").orElse(""), answer.body());
    }

    static Multipart of(String contentType, byte[] body) {
        String text = new String(body, ISO_8859_1); // a character for each byte
        List<Part> parts = parts(text, boundary(contentType, text));
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("it has no parts");
        }
        return new Multipart(parts);
    }

    /** As it is declared, where the body has it so; else the first line that looks like one. */
    private static String boundary(String contentType, String text) {
        Matcher declared = BOUNDARY.matcher(";" + contentType);
        if (declared.find()) {
            String boundary = Optional.ofNullable(declared.group(1))
                    .or(() -> Optional.ofNullable(declared.group(2)))
                    .orElseGet(() -> declared.group(3));
            if (next(text, boundary, 0).isPresent()) {
                return boundary;
            }
        }
        Matcher seen = FIRST_LINE.matcher(text);
        if (!seen.find()) {
            throw new IllegalArgumentException("it has no boundary");
        }
        return seen.group(1);
    }

    /** What stands before the first boundary and behind the last is no part. */
    private static List<Part> parts(String text, String boundary) {
        List<Part> parts = new ArrayList<>();
        Optional<Line> line = next(text, boundary, 0);
        while (line.isPresent() && !line.get().last()) {
            int begin = line.get().end();
            line = next(text, boundary, begin);
            int end = line.map(Line::begin).orElse(text.length());
            read(text.substring(begin, Math.max(begin, withoutBreak(text, end))))
                    .ifPresent(parts::add);
        }
        return parts;
    }

    /**
     * A line with a boundary.
     *
     * @param end where the next one begins
     */
    private record Line(int begin, int end, boolean last) {}

    private static Optional<Line> next(String text, String boundary, int from) {
        Matcher line = Pattern.compile("(?m)^--" + Pattern.quote(boundary) + "(--)?[ \\t]*(?:\\r?\\n|\\r?\\z)")
                .matcher(text);
        return line.find(from)
                ? Optional.of(new Line(line.start(), line.end(), line.group(1) != null))
                : Optional.empty();
    }

    /** The line break before a boundary belongs to it. */
    private static int withoutBreak(String text, int end) {
        int at = end > 0 && end < text.length() && text.charAt(end - 1) == '\n' ? end - 1 : end;
        return at < end && at > 0 && text.charAt(at - 1) == '\r' ? at - 1 : at;
    }

    private static Optional<Part> read(String text) {
        Matcher blank = Pattern.compile("(?:\\A|\\n)\\r?\\n").matcher(text);
        if (!blank.find()) {
            return Optional.empty();
        }
        Map<String, String> headers = headers(text.substring(0, blank.start()));
        String disposition = ";" + headers.getOrDefault("Content-Disposition", "");
        String file = value(FILE, disposition).replaceFirst("\\.[^.]*$", "");
        String name = value(NAME, disposition);
        byte[] bytes = text.substring(blank.end()).getBytes(ISO_8859_1);
        return Optional.of(new Part(name.isEmpty() ? file : name, headers, bytes));
    }

    private static Map<String, String> headers(String text) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        String unfolded = text.replaceAll("\\r?\\n[ \\t]+", " ");
        Arrays.stream(unfolded.split("\\r?\\n")).map(line -> line.split(":", 2)).forEach(pair -> {
            if (pair.length == 2) {
                headers.put(pair[0].strip(), new String(pair[1].strip().getBytes(ISO_8859_1), UTF_8));
            }
        });
        return headers;
    }

    private static String value(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            return "";
        }
        return (found.group(1) != null ? found.group(1) : found.group(2)).strip();
    }
}
