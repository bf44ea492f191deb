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
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One order of three lines from tree to tree, by this engine and by others that make the same tree. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TreeJmh {
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

    @Setup
    public void load() throws IOException {
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

    @Benchmark
    public JsonNode ours_unchecked() {
        return mapped(unchecked);
    }

    @Benchmark
    public JsonNode ours_checked() {
        return mapped(checked);
    }

    @Benchmark
    public JsonNode ours_with_verbs() {
        return mapped(verbs);
    }

    @Benchmark
    public JsonNode jslt() {
        return jslt.apply(source);
    }

    @Benchmark
    public Object jsonata() {
        return jsonata.evaluate(plainForJsonata);
    }

    @Benchmark
    public Object jolt() {
        return jolt.transform(plainForJolt);
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
