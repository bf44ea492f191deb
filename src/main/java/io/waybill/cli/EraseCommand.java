package io.waybill.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.waybill.text.UrlPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code erase}: forgets the recipient of an order, or of all orders of a namespace. */
@Command(name = "erase", mixinStandardHelpOptions = true)
final class EraseCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    Config config;

    @Option(names = "--order", paramLabel = "ID", descriptionKey = "order")
    @Nullable
    String order;

    @Option(names = "--namespace", paramLabel = "NAME", descriptionKey = "namespace")
    @Nullable
    String namespace;

    EraseCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (order == null && namespace == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    terminal.text("usage.choose", "what", "--order ID, --namespace NAME"));
        }
        DeskCall desk = new DeskCall(wiring, terminal, config);
        return order == null ? all(desk, Objects.requireNonNull(namespace)) : one(desk, order);
    }

    private int all(DeskCall desk, String name) {
        JsonNode body = JsonNodeFactory.instance.objectNode().put("namespace", name);
        return desk.make(
                "post",
                "/admin/erase",
                body,
                answer -> terminal.say(
                        "erase.namespace",
                        "namespace",
                        name,
                        "erased",
                        answer.path("erased").asInt(),
                        "open",
                        answer.path("open").asInt()));
    }

    private int one(DeskCall desk, String given) {
        List<String> ids = new ArrayList<>();
        if (given.startsWith("ord_")) {
            ids.add(given);
        } else {
            int found = desk.make(
                    "get",
                    Query.of("/orders")
                            .with("orderId", given)
                            .with("namespace", namespace)
                            .toString(),
                    answer -> answer.path("items")
                            .forEach(item -> ids.add(item.path("id").asText())));
            if (found != 0) {
                return found;
            }
        }
        if (ids.size() != 1) {
            terminal.say("erase.which", "order", given, "count", ids.size());
            return 1;
        }
        return desk.make(
                "post",
                "/orders/" + UrlPart.of(ids.get(0)) + "/erase",
                done -> terminal.say("erase.order", "order", given));
    }
}
