package io.waybill.cli;

import io.waybill.billing.BillFile;
import io.waybill.billing.Billing;
import io.waybill.billing.Content;
import io.waybill.billing.Handed;
import io.waybill.mapping.Mappings;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** {@code --invoice BILL [--carrier C | --invoice-mapping M] [--currency USD]}: the carrier's bill of the same month. */
final class MonthsBill {
    @Option(names = "--invoice", required = true, paramLabel = "BILL", descriptionKey = "assess.invoice")
    Path file = Path.of("");

    @ArgGroup
    Layout layout = new Layout();

    @Option(names = "--currency", paramLabel = "USD", descriptionKey = "assess.currency")
    @Nullable
    String currency;

    /** How the bill is read; what it looks like where neither is said. */
    static final class Layout {
        @Option(names = "--carrier", paramLabel = "CARRIER", descriptionKey = "assess.carrier")
        @Nullable
        String carrier;

        @Option(names = "--invoice-mapping", paramLabel = "MAPPING", descriptionKey = "assess.invoice-mapping")
        @Nullable
        String mapping;
    }

    /** @throws ProblemException with what is wrong with it, and {@code bill-of-no-carrier} */
    BillFile read(Mappings mappings) throws IOException {
        Through.requireFile(file);
        String name = String.valueOf(file.getFileName());
        Content content = () -> Files.newInputStream(file);
        return BillFile.read(new Handed(name, content, layout(name, content), "", currency, ""), mappings);
    }

    private String layout(String name, Content content) throws IOException {
        if (layout.carrier != null) {
            return layout.carrier;
        }
        if (layout.mapping != null) {
            return layout.mapping;
        }
        return BillFile.carrierOf(content, name)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        CommandCode.BILL_OF_NO_CARRIER, "file", file, "known", String.join(", ", Billing.carriers()))));
    }
}
