package io.waybill.cli;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Veiled;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Why a command broke off: in sentences where that was foreseen, else with its stack trace. */
record BrokenOff(Terminal terminal, Wiring wiring) implements IExecutionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(BrokenOff.class);

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
        List<Problem> known = known(thrown);
        if (command.getCommand() instanceof RunCommand && wiring.isLogJson()) {
            log(thrown, known);
        } else {
            tell(thrown, known);
        }
        return 1;
    }

    private void tell(Exception thrown, List<Problem> known) {
        if (known.isEmpty()) {
            StringWriter broke = new StringWriter();
            thrown.printStackTrace(new PrintWriter(broke));
            terminal.err().print(Veiled.told(broke.toString()));
            terminal.err().flush();
        } else {
            terminal.tell(known);
        }
    }

    /** The same of a hub whose log machines read. */
    private static void log(Exception thrown, List<Problem> known) {
        if (known.isEmpty()) {
            LOG.error("the hub did not start", thrown);
        } else {
            known.forEach(problem -> LOG.error("{}", problem));
        }
    }

    /** Nothing where nobody foresaw it. */
    private static List<Problem> known(Exception thrown) {
        if (thrown instanceof ProblemException known) {
            return known.problems();
        }
        Throwable cause = thrown instanceof UncheckedIOException ? thrown.getCause() : thrown;
        if (cause instanceof IOException failure) {
            return List.of(unreachable(failure));
        }
        return thrown instanceof InvalidPathException unnamed ? List.of(unnameable(unnamed)) : List.of();
    }

    /** What the machine says of a file or a folder, with its name where it has one. */
    private static Problem unreachable(IOException failure) {
        if (failure instanceof FileSystemException named) {
            String kind = named.getClass().getSimpleName().replace("Exception", "");
            String why = named.getReason() == null ? kind : named.getReason();
            return Problem.of(CommandCode.FILE_OUT_OF_REACH, "file", named.getFile(), "why", why);
        }
        return Problem.of(CommandCode.MACHINE_REFUSES, "why", String.valueOf(failure.getMessage()));
    }

    /** Of a name that has no bytes in the letters this Java machine names files in, or that no file may have. */
    private static Problem unnameable(InvalidPathException unnamed) {
        String letters = System.getProperty("sun.jnu.encoding");
        return Problem.of(
                CommandCode.FILE_NOT_NAMEABLE,
                "file",
                unnamed.getInput(),
                "letters",
                letters,
                "why",
                unnamed.getReason());
    }
}
