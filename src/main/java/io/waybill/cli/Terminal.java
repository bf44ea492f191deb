package io.waybill.cli;

import io.waybill.problem.Messages;
import io.waybill.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The person at the keyboard: sentences in their language, results on one writer and problems on the other.
 *
 * @param results where the bytes of {@code out} go; null where it is known as a writer only
 */
record Terminal(
        Locale language,
        PrintWriter out,
        PrintWriter err,
        @Nullable OutputStream results) {
    Terminal(Locale language, PrintWriter out, PrintWriter err) {
        this(language, out, err, null);
    }

    /** A whole file, byte by byte; in {@code charset} where results are a writer only. */
    void file(byte[] bytes, Charset charset) {
        out.flush();
        if (results == null) {
            out.print(new String(bytes, charset));
            out.flush();
            return;
        }
        try {
            results.write(bytes);
            results.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A sentence of the message bundle. */
    String text(String key, Object... namesAndValues) {
        return Messages.in(language).text(key, namesAndValues);
    }

    void say(String key, Object... namesAndValues) {
        line(text(key, namesAndValues));
    }

    /** A sentence beside the results: what reads them is not to meet it. */
    void note(String key, Object... namesAndValues) {
        err.println(text(key, namesAndValues));
    }

    void line(String text) {
        out.println(text);
    }

    /** One line a problem: {@code file:line: sentence}. */
    void tell(List<Problem> problems) {
        problems.forEach(problem -> err.println(problem.sentence(language)));
    }

    /** The same, of what is no problem. */
    void inform(List<Problem> facts) {
        facts.forEach(fact -> line(fact.sentence(language)));
    }
}
