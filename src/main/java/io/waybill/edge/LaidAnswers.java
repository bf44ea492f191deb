package io.waybill.edge;

import io.waybill.edge.RouteFile.Use;
import io.waybill.format.Format;
import io.waybill.settings.Settings;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * What the hub lays into a folder that a route watches: receipts and bad rows where {@code returnTo} says, acknowledgements where
 * {@code acknowledgeTo} does. A route that would take them is refused; where only a format nobody tells would decide, it is warned of.
 *
 * @param rightful the route files in use, by the name that begins their ids
 */
record LaidAnswers(Settings settings, MappingFacts facts, Map<String, RouteCheck.Checked> rightful) {
    /** How acknowledgements end that are laid where {@code acknowledgeTo} says. */
    private static final Map<String, Format> ACKNOWLEDGEMENTS = Map.of(
            "997.edi",
            Format.X12,
            "contrl.edi",
            Format.EDIFACT,
            "aleaud.idoc",
            Format.IDOC_FLAT,
            "aleaud.xml",
            Format.XML);

    /** What a pattern is made of beside the letters that a name must have. */
    private static final Pattern NO_LETTERS = Pattern.compile("\\\\.|\\(\\?\\w+\\)|\\{[^}]*}|\\[[^]]*]|[^\\w-]");

    /** Each read as a file of orders would be answered by another of its kind, without end. */
    void check(RouteCheck.Checked file, int line, String folder, String include) {
        for (String source : settings.section("source").names()) {
            String back = "source." + source + ".returnTo";
            String acknowledgement = "source." + source + ".acknowledgeTo";
            Set<Format> formats = formats(source);
            Set<Format> likely = formats.isEmpty() ? Set.of(Format.values()) : formats;
            List<String> names = names(file, source, include);
            if (isLaid(back, folder) && takes(include, names, returned(formats))) {
                file.refuse(line, RouteCode.ROUTE_READS_ANSWERS, "folder", folder, "key", back);
            } else if (isLaid(back, folder) && takes(include, names, returned(likely))) {
                file.warn(line, RouteCode.ROUTE_READS_ANSWERS, "folder", folder, "key", back);
            }
            if (isLaid(acknowledgement, folder) && takes(include, names, acknowledged(likely))) {
                file.refuse(line, RouteCode.ROUTE_READS_ANSWERS, "folder", folder, "key", acknowledgement);
            }
        }
    }

    /** Of files as they may be handed over: its own have the letters that its pattern asks for. */
    private static List<String> names(RouteCheck.Checked file, String source, String include) {
        List<String> names = new ArrayList<>(List.of("orders"));
        if (RouteClaims.owner(file).equals("source." + source)) {
            names.addAll(letters(include));
        }
        return names;
    }

    private boolean isLaid(String key, String folder) {
        return settings.value(key)
                .filter(laid -> folder.equals(RouteClaims.folder("file:" + laid)))
                .isPresent();
    }

    private static List<String> returned(Set<Format> formats) {
        return Stream.concat(Stream.of("receipt.csv"), formats.stream().map(format -> "quarantine." + format.ending()))
                .toList();
    }

    private static List<String> acknowledged(Set<Format> formats) {
        return ACKNOWLEDGEMENTS.entrySet().stream()
                .filter(end -> formats.contains(end.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Those of the files of a source, as its route or its mappings say; none where that is not known. */
    private Set<Format> formats(String source) {
        RouteCheck.Checked file = rightful.get("source." + source);
        Set<Format> formats = EnumSet.noneOf(Format.class);
        Set<String> mappings = new HashSet<>();
        settings.value("source." + source + ".mapping").ifPresent(mappings::add);
        if (file != null && file.content() != null) {
            for (Use use : file.content().uses()) {
                said(new GivenParameters(settings, file, use), formats, mappings);
            }
        }
        for (String mapping : mappings) {
            Optional<Format> read = facts.reads(mapping);
            if (read.isEmpty()) {
                return Set.of();
            }
            formats.add(read.get());
        }
        return formats;
    }

    /** A format goes before what the mapping reads. */
    private static void said(GivenParameters given, Set<Format> formats, Set<String> mappings) {
        Optional<Format> format = Optional.ofNullable(given.value("format")).flatMap(Format::read);
        format.ifPresent(formats::add);
        Optional.ofNullable(given.value("mapping"))
                .filter(mapping -> format.isEmpty() && !mapping.isBlank())
                .ifPresent(mappings::add);
    }

    /** The letters that the files must have in their names, each alone and all of them. */
    private static List<String> letters(String include) {
        List<String> words = Stream.of(
                        NO_LETTERS.matcher(include).replaceAll(" ").strip().split(" +"))
                .filter(word -> !word.isEmpty())
                .toList();
        return Stream.concat(words.stream(), Stream.of(String.join("-", words))).toList();
    }

    /** The names of answers begin with the day and the document, and go on with the whole name of the file. */
    private static boolean takes(String include, List<String> names, List<String> ends) {
        try {
            Pattern taken = Pattern.compile("(?s)" + include, Pattern.CASE_INSENSITIVE);
            return names.stream()
                    .flatMap(name -> ends.stream()
                            .flatMap(end ->
                                    Stream.of(name + "." + end, name + end.replaceFirst(".*\\.", ".") + "." + end)))
                    .anyMatch(name ->
                            taken.matcher("20261124-9f86d081884c-" + name).matches());
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
