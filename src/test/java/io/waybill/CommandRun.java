package io.waybill;

import io.waybill.cli.Commands;
import io.waybill.ledger.Stores;
import io.waybill.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/** One command, as a shell would see it. */
record CommandRun(int code, String out, String err) {
    /** As after a hub's first start: its database is there. */
    static void begin(String config) {
        Settings settings = Settings.read(Path.of(config), Map.of(), Map.of());
        Stores.h2(Path.of(settings.section("waybill").required("data")));
    }

    static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Commands.run(arguments, new HubWiring(), new PrintWriter(out, true), new PrintWriter(err, true));
        return new CommandRun(code, out.toString(), err.toString());
    }
}
