package io.waybill.bench;

import com.bazaarvoice.jolt.Chainr;
import com.bazaarvoice.jolt.JsonUtils;
import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.Parser;
import io.waybill.format.Document;
import io.waybill.format.Formats;
import io.waybill.mapping.Mapping;
import io.waybill.mapping.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** One order of three lines from tree to tree, by this engine and by others that make the same tree. */
final class TreeWorks {
    private Mapping unchecked;
    private Mapping checked;
    private Mapping verbs;
    private Document document;
    private JsonNode source;
    private Expression jslt;
    private Jsonata jsonata;
    private Chainr jolt;
    private Object plainForJsonata;
    private Object plainForJolt;
    volatile Object kept;

    TreeWorks() throws IOException {
        unchecked = Measured.mapping("tree");
        checked = Measured.mapping("tree-checked");
        verbs = Measured.mapping("tree-verbs");
        String text = file("order.json");
        source = Formats.json(text, "order.json");
        document = Document.of(source);
        jslt = Parser.compileString(file("order.jslt"));
        jsonata = Jsonata.jsonata(file("order.jsonata"));
        plainForJsonata = new ObjectMapper().readValue(text, Object.class);
        jolt = Chainr.fromSpec(JsonUtils.jsonToList(file("order.jolt.json")));
        plainForJolt = JsonUtils.jsonToObject(text);
        agree();
    }

    /** What is not the same work is no comparison. */
    private void agree() {
        JsonNode wanted = jslt();
        for (JsonNode made : new JsonNode[] {
            ours_unchecked(),
            ours_checked(),
            ours_with_verbs(),
            new ObjectMapper().valueToTree(jsonata()),
            new ObjectMapper().valueToTree(jolt())
        }) {
            if (!wanted.equals(new ObjectMapper().valueToTree(made))
                    && !wanted.toString().equals(made.toString())) {
                throw new IllegalStateException("another tree:\n" + made + "\ninstead of\n" + wanted);
            }
        }
    }

    private JsonNode ours_unchecked() {
        return mapped(unchecked);
    }

    private JsonNode ours_checked() {
        return mapped(checked);
    }

    private JsonNode ours_with_verbs() {
        return mapped(verbs);
    }

    private JsonNode jslt() {
        return jslt.apply(source);
    }

    private Object jsonata() {
        return jsonata.evaluate(plainForJsonata);
    }

    private Object jolt() {
        return jolt.transform(plainForJolt);
    }

    /** The first is what the others are compared with. */
    Map<String, Runnable> works() {
        Map<String, Runnable> works = new LinkedHashMap<>();
        works.put("compiled JSLT", () -> keep(jslt()));
        works.put("ours, checks off", () -> keep(ours_unchecked()));
        works.put("ours, errors, unread fields and target rules", () -> keep(ours_checked()));
        works.put("the same, every value read by a verb", () -> keep(ours_with_verbs()));
        works.put("JOLT", () -> keep(jolt()));
        return works;
    }

    /** What takes so long that it is measured by itself. */
    Map<String, Runnable> slow() {
        Map<String, Runnable> works = new LinkedHashMap<>();
        works.put("compiled JSLT", () -> keep(jslt()));
        works.put("JSONata", () -> keep(jsonata()));
        return works;
    }

    /** So that no compiler leaves the work out. */
    private void keep(Object result) {
        kept = result;
    }

    private JsonNode mapped(Mapping mapping) {
        Result result = mapping.apply(document);
        if (result instanceof Result.Mapped it) {
            return it.tree();
        }
        throw new IllegalStateException(result.toString());
    }

    private static String file(String name) throws IOException {
        return Files.readString(Path.of("bench/mappings").resolve(name));
    }
}
