package io.waybill.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.waybill.text.UrlPart;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exceptions resolve}: a person decides what became of a purchase the hub cannot settle. */
@Command(name = "resolve", mixinStandardHelpOptions = true)
final class ResolveCommand implements Callable<Integer> {
    private final Wiring wiring;
    private final Terminal terminal;

    @Mixin
    Config config;

    @Parameters(paramLabel = "EXCEPTION", descriptionKey = "exceptions.id")
    String id;

    @Option(
            names = "--action",
            paramLabel = "adopt|void-and-rebuy|buy-anyway",
            required = true,
            descriptionKey = "resolve.action")
    String action;

    @Option(names = "--reason", required = true, descriptionKey = "account.reason")
    String reason;

    @Option(names = "--tracking-number", descriptionKey = "resolve.tracking-number")
    @Nullable
    String trackingNumber;

    @Option(names = "--carrier-shipment", descriptionKey = "resolve.carrier-shipment")
    @Nullable
    String carrierShipment;

    ResolveCommand(Wiring wiring, Terminal terminal) {
        this.wiring = wiring;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("action", action)
                .put("reason", reason)
                .put("trackingNumber", trackingNumber)
                .put("carrierShipment", carrierShipment);
        return new DeskCall(wiring, terminal, config)
                .make(
                        "post",
                        "/exceptions/" + UrlPart.of(id) + "/resolve",
                        body,
                        order -> terminal.say("exceptions.resolved", Facts.of(order, "orderId", "status")));
    }
}
