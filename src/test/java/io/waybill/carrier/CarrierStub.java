package io.waybill.carrier;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A carrier played by a stub server. Each operation has a method, a path, the headers it asks for and the shape of its
 * body; what a call lacks is a complaint, and the test that uses the stub has none in the end. Operations are tried in the
 * order they were written.
 *
 * <p>A test class registers one as a static extension: then it is as new for each test, a complaint fails the test that made
 * it, and the last test closes it.
 */
public abstract class CarrierStub implements AutoCloseable, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    protected static final ObjectMapper JSON = new ObjectMapper();

    private final List<Operation> operations = new ArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final WireMockServer server;

    /** What becomes of answers on their way. */
    private volatile Way way = (request, answer) -> answer.get();

    /** Carries an answer, or another one instead. */
    interface Way {
        ResponseDefinition carry(Request request, Supplier<ResponseDefinition> answer);
    }

    protected CarrierStub() {
        server = new WireMockServer(
                options().bindAddress("127.0.0.1").dynamicPort().extensions(new Answering()));
        server.start();
        server.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers("carrier")));
    }

    /**
     * One call that arrived.
     *
     * @param path what the operation's pattern caught, the whole path first
     */
    public record Call(String method, List<String> path, Request request) {
        public String header(String name) {
            return String.valueOf(request.getHeader(name));
        }

        public String query(String name) {
            var parameter = request.queryParameter(name);
            return parameter.isPresent() ? parameter.firstValue() : "";
        }

        public String text() {
            return request.getBodyAsString();
        }

        public JsonNode json() {
            try {
                return JSON.readTree(request.getBodyAsString());
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One thing the carrier can be asked. */
    public final class Operation {
        private final String method;
        private final Pattern path;
        private final Map<String, Pattern> headers = new java.util.TreeMap<>();
        private Function<Call, ResponseDefinitionBuilder> answer = call -> status(501);
        private JsonSchema body = null;

        private Operation(String method, String path) {
            this.method = method;
            this.path = Pattern.compile(path);
        }

        /** A header that must be there and match. */
        public Operation header(String name, String pattern) {
            headers.put(name, Pattern.compile(pattern));
            return this;
        }

        /** The shape of the body: a JSON Schema beside the test. */
        public Operation body(Class<?> beside, String schema) {
            try (InputStream in = beside.getResourceAsStream(schema)) {
                body = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        public Operation answers(Function<Call, ResponseDefinitionBuilder> how) {
            answer = how;
            return this;
        }

        private void check(Call call) {
            headers.forEach((name, pattern) -> {
                if (!pattern.matcher(call.header(name)).matches()) {
                    complaints.add(call.method() + " " + call.path().get(0) + ": header " + name + " is "
                            + call.header(name) + ", not " + pattern);
                }
            });
            if (body != null) {
                body.validate(call.json())
                        .forEach(message ->
                                complaints.add(call.method() + " " + call.path().get(0) + ": " + message));
            }
        }
    }

    protected Operation on(String method, String path) {
        Operation operation = new Operation(method, path);
        operations.add(operation);
        return operation;
    }

    protected static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    protected static ResponseDefinitionBuilder status(int status) {
        return aResponse().withStatus(status);
    }

    /** The connection ends without an answer. */
    protected static ResponseDefinitionBuilder silence() {
        return aResponse().withFault(Fault.EMPTY_RESPONSE);
    }

    public URI url() {
        return URI.create(server.baseUrl());
    }

    /** What calls lacked so far. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Calls to paths that begin so, in the order they came. */
    public List<Call> calls(String path) {
        return calls.stream()
                .filter(call -> call.path().get(0).startsWith(path))
                .toList();
    }

    /** From now on answers go this way, to the end of the test. */
    void sends(Way carrying) {
        way = carrying;
    }

    /** As new, but for what it sold. */
    protected void reset() {}

    @Override
    public void beforeEach(ExtensionContext test) {
        way = (request, answer) -> answer.get();
        reset();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        List<String> lacks = complaints();
        complaints.clear();
        assertThat(lacks).as("every call is as the document has it").isEmpty();
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        close();
    }

    @Override
    public void close() {
        server.stop();
    }

    private ResponseDefinitionBuilder answer(Request request) {
        String path = request.getUrl().split("\\?", 2)[0];
        String method = request.getMethod().getName();
        for (Operation operation : operations) {
            Matcher matcher = operation.path.matcher(path);
            if (operation.method.equals(method) && matcher.matches()) {
                List<String> caught = new ArrayList<>();
                for (int i = 0; i <= matcher.groupCount(); i++) {
                    caught.add(java.net.URLDecoder.decode(String.valueOf(matcher.group(i)), StandardCharsets.UTF_8));
                }
                Call call = new Call(method, List.copyOf(caught), request);
                calls.add(call);
                operation.check(call);
                return operation.answer.apply(call);
            }
        }
        complaints.add(method + " " + path + ": this carrier has no such call");
        return status(404);
    }

    private final class Answering implements ResponseDefinitionTransformerV2 {
        @Override
        public String getName() {
            return "carrier";
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            Request request = event.getRequest();
            return way.carry(request, () -> answer(request).build());
        }
    }
}
