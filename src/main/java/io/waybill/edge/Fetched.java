package io.waybill.edge;

import io.waybill.batch.Feed;
import io.waybill.batch.IncomingFile;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;

/** A file that a route brings: from a folder of this machine, or as a copy from a server. */
final class Fetched {
    private Fetched() {}

    /** Whether it lies on this machine; those of servers are watched where they are fetched. */
    static boolean isOurs(GenericFile<?> file) {
        return file.getFile() instanceof File;
    }

    /** @throws ProblemException {@code fetched-short}: a connection that ends early can look like the end of a file */
    static IncomingFile of(GenericFile<?> file, Exchange exchange, Feed feed) throws IOException {
        if (file.getFile() instanceof File local) {
            Optional<IncomingFile.Original> still = StillFile.found(exchange, local.toPath());
            return still.isPresent() ? IncomingFile.at(still.get(), feed) : IncomingFile.at(local.toPath(), feed);
        }
        String name = file.getFileNameOnly();
        if (file.getBody() instanceof File copy && copy.length() != file.getFileLength()) {
            throw new ProblemException(Problem.of(
                    PortCode.FETCHED_SHORT, "name", name, "bytes", copy.length(), "of", file.getFileLength()));
        }
        return IncomingFile.of(exchange.getMessage().getBody(InputStream.class), name, feed);
    }
}
