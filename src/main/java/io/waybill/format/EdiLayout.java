package io.waybill.format;

import io.waybill.format.EdiLayout.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * Where the segments of one kind of document stand in its tree, from {@code edi/<type>.yaml}.
 *
 * @param group the code of the functional group it goes into (X12), or empty
 * @param version of the message when it is written (EDIFACT), or empty
 * @param totals what the document itself says of its lines; null where a kind says nothing
 */
record EdiLayout(
        String group, String version, Part root, @Nullable EdiTotals totals) {
    private static final Map<String, Optional<EdiLayout>> KNOWN = new ConcurrentHashMap<>();

    /**
     * A segment, or a loop that its first segment begins. In the YAML {@code TAG [by ELEMENT] [required] [counted NUMBER]
     * [nested NUMBER PARENT [CHILDREN]]}, and what stands below it.
     *
     * @param by the element whose value names each of them in the tree, or empty
     * @param counted the element that numbers them in a document that is written, or empty
     * @param nested of a loop whose members name the one they stand in: the elements of their number, their parent's, and
     *     whether there are any below; else empty
     */
    record Part(
            String tag,
            String by,
            boolean required,
            String counted,
            List<String> nested,
            boolean loop,
            Map<String, Part> parts) {
        private @Nullable Part find(String tag) {
            Part here = parts.get(tag);
            return here != null
                    ? here
                    : parts.values().stream()
                            .map(part -> part.find(tag))
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null);
        }
    }

    /** The layout of a document type such as {@code 850} or {@code ORDERS}, or null when there is none. */
    static @Nullable EdiLayout of(String type) {
        return type.matches("[A-Z0-9]{3,6}")
                ? KNOWN.computeIfAbsent(type, EdiLayout::load).orElse(null)
                : null;
    }

    /** Whether a segment of this path begins a loop that such a segment may stand in. */
    boolean mayHold(String path, String tag) {
        Part part = root;
        boolean named = true;
        for (String step : path.split("\\.", -1)) {
            Part below = part.tag().equals(step) && !part.nested().isEmpty()
                    ? part
                    : part.parts().get(step);
            if (below == null && (named || part.by().isEmpty())) {
                return false;
            }
            named = below == null;
            part = below == null ? part : below;
        }
        return part.parts().containsKey(tag);
    }

    /** The segment that a path without an element ends at, from wherever it begins: NAD of NAD.DP; empty where it is no such path. */
    String segment(String path) {
        String tag = "";
        boolean named = false;
        for (String step : path.split("\\.", -1)) {
            if (!named) {
                Part part = root.find(step);
                if (part == null) {
                    return "";
                }
                tag = step;
                named = !part.by().isEmpty();
            } else {
                named = false;
            }
        }
        return tag;
    }

    private static Optional<EdiLayout> load(String type) {
        try (InputStream in = EdiLayout.class.getResourceAsStream("edi/" + type + ".yaml")) {
            if (in == null) {
                return Optional.empty();
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Map<String, Object> file = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
            Part root = new Part(
                    "", "", false, "", List.of(), true, parts((List<?>) Objects.requireNonNull(file.get("segments"))));
            return Optional.of(new EdiLayout(
                    String.valueOf(file.getOrDefault("group", "")),
                    String.valueOf(file.getOrDefault("version", "")),
                    root,
                    file.get("totals") instanceof Map<?, ?> totals ? EdiTotals.of(totals) : null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Part> parts(List<?> items) {
        Map<String, Part> parts = new LinkedHashMap<>();
        for (Object item : items) {
            Part part = item instanceof Map<?, ?> loop
                    ? part(loop.keySet().iterator().next(), (List<?>)
                            loop.values().iterator().next())
                    : part(item, List.of());
            parts.put(part.tag(), part);
        }
        return parts;
    }

    private static Part part(Object words, List<?> below) {
        List<String> said = List.of(String.valueOf(words).split(" "));
        int by = said.indexOf("by");
        int counted = said.indexOf("counted");
        int nested = said.indexOf("nested");
        return new Part(
                said.get(0),
                by < 0 ? "" : said.get(by + 1),
                said.contains("required"),
                counted < 0 ? "" : said.get(counted + 1),
                nested < 0 ? List.of() : said.subList(nested + 1, said.size()),
                !below.isEmpty(),
                parts(below));
    }
}
