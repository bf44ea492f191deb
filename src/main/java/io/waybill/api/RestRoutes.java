package io.waybill.api;

import io.waybill.ledger.LedgerFailure;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.rest.RestBindingMode;
import org.apache.camel.model.rest.RestDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Puts resources on Camel REST routes, one each, {@code api.get.orders.id}. A resource sees its {@link Request} and
 * nothing of the exchange; the answer carries no header but its own.
 */
public final class RestRoutes extends RouteBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(RestRoutes.class);
    private final String base;
    private final List<Resource> resources;

    /** @param base what every path begins with: {@code /v1}, or nothing */
    public RestRoutes(String base, List<Resource> resources) {
        this.base = base;
        this.resources = List.copyOf(resources);
    }

    @Override
    public void configure() {
        restConfiguration().component("platform-http").bindingMode(RestBindingMode.off);
        RestDefinition rest = rest(base);
        for (Resource resource : resources) {
            String id = routeId(resource);
            verb(rest, resource).to("direct:" + id);
            from("direct:" + id).routeId(id).process(exchange -> answer(resource, exchange));
        }
    }

    static String routeId(Resource resource) {
        return "api." + resource.id();
    }

    private static RestDefinition verb(RestDefinition rest, Resource resource) {
        return switch (resource.verb()) {
            case "get" -> rest.get(resource.path());
            case "post" -> rest.post(resource.path());
            case "put" -> rest.put(resource.path());
            case "patch" -> rest.patch(resource.path());
            case "delete" -> rest.delete(resource.path());
            default -> throw new IllegalArgumentException(resource.verb());
        };
    }

    private static void answer(Resource resource, Exchange exchange) throws IOException {
        Request request = Objects.requireNonNull(GuardedEngine.request(exchange));
        try (MDC.MDCCloseable named = MDC.putCloseable("request", request.id())) {
            write(handled(resource, request), exchange);
        }
    }

    /** Whether somebody waits for the answer over HTTP. */
    public static boolean isCall(Exchange exchange) {
        return GuardedEngine.request(exchange) != null;
    }

    /** Answers a call whose route failed, as every other problem is answered. */
    public static void answerFailure(Exchange exchange, Exception failure) throws IOException {
        write(failed(failure, Objects.requireNonNull(GuardedEngine.request(exchange))), exchange);
    }

    static Answer handled(Resource resource, Request request) {
        try {
            return resource.answer(request);
        } catch (Exception e) {
            return failed(e, request);
        }
    }

    private static Answer failed(Exception e, Request request) {
        if (e instanceof ProblemException told) {
            return refused(told.problems(), request);
        }
        if (LedgerFailure.isGone(e)) {
            LOG.warn(
                    "{} {} was not answered, request {}: {}",
                    request.method(),
                    request.path(),
                    request.id(),
                    Words.toLog(e));
            return ProblemJson.answer(List.of(Problem.of(ApiCode.HUB_BUSY)), 503, request.language())
                    .with("Retry-After", "5");
        }
        LOG.error("{} {} failed, request {}", request.method(), request.path(), request.id(), e);
        return ProblemJson.answer(
                List.of(Problem.of(ApiCode.HUB_FAILED, "request", request.id())), 500, request.language());
    }

    /** One that came too soon is told when to come again. */
    private static Answer refused(List<Problem> problems, Request request) {
        int status = Statuses.of(problems);
        Answer answer = ProblemJson.answer(problems, status, request.language());
        String seconds = problems.get(0).values().get("seconds");
        return seconds != null ? answer.with("Retry-After", seconds) : answer;
    }

    /** Bytes go as a buffer: of an array Camel's server makes a stream, and asks a worker for each piece of it. */
    private static void write(Answer answer, Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        if (!answer.mediaType().isEmpty()) {
            message.setHeader(Exchange.CONTENT_TYPE, answer.mediaType());
        }
        answer.headers().forEach(message::setHeader);
        Path file = answer.file();
        message.setBody(
                file == null
                        ? ByteBuffer.wrap(answer.body())
                        : Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE));
    }
}
