package io.waybill.api;

import io.waybill.format.Formats;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a caller calls the file it sends: {@code ?name=}, else its {@code Content-Disposition} (RFC 6266). Data, never a path. */
final class FileName {
    private static final Pattern EXTENDED =
            Pattern.compile("filename\\*\\s*=\\s*UTF-8'[^']*'([^;\\s]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern QUOTED =
            Pattern.compile("filename\\s*=\\s*\"((?:[^\"\\\\]++|\\\\.)*+)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern TOKEN = Pattern.compile("filename\\s*=\\s*([^;\\s\"]+)", Pattern.CASE_INSENSITIVE);

    private FileName() {}

    static Optional<String> of(Request request) {
        return request.query("name")
                .or(() -> request.header("Content-Disposition").flatMap(FileName::of))
                .map(name -> name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1))
                .map(String::strip)
                .filter(name -> !name.isEmpty());
    }

    /**
     * The same; what a caller calls nothing is {@code unnamed}, with an ending where its media type says it is text of a table and
     * it does not begin as a workbook.
     */
    static String of(Request request, String unnamed) {
        return of(request)
                .orElseGet(() -> unnamed
                        + request.header("Content-Type")
                                .map(FileName::ending)
                                .filter(ending -> !isWorkbook(request))
                                .orElse(""));
    }

    private static boolean isWorkbook(Request request) {
        try (InputStream content = request.content()) {
            return Formats.beginsAsWorkbook(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String ending(String mediaType) {
        return switch (mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
            case "text/csv" -> ".csv";
            case "text/tab-separated-values" -> ".tsv";
            default -> "";
        };
    }

    private static Optional<String> of(String disposition) {
        Matcher extended = EXTENDED.matcher(disposition);
        if (extended.find()) {
            return decoded(extended.group(1));
        }
        Matcher quoted = QUOTED.matcher(disposition);
        if (quoted.find()) {
            return Optional.of(quoted.group(1).replaceAll("\\\\(.)", "$1"));
        }
        Matcher token = TOKEN.matcher(disposition);
        return token.find() ? Optional.of(token.group(1)) : Optional.empty();
    }

    private static Optional<String> decoded(String text) {
        try {
            return Optional.of(URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException broken) {
            return Optional.empty();
        }
    }
}
