package io.waybill;

import io.waybill.cli.Commands;
import java.io.PrintWriter;
import java.io.StringWriter;

/** One command, as a shell would see it. */
record CommandRun(int code, String out, String err) {
    static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Commands.run(arguments, new HubWiring(), new PrintWriter(out, true), new PrintWriter(err, true));
        return new CommandRun(code, out.toString(), err.toString());
    }
}
