package io.waybill.edge;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.commons.net.ftp.FTPFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a file of a server is read, and when it leaves: read when neither its size nor its time changed for a while by our own clock;
 * removed when it was taken in and is still the one that was read. A name that could lead out of a folder is never read.
 *
 * @param <T> what the server lists
 */
final class ServerFiles<T> implements GenericFileProcessStrategy<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ServerFiles.class);

    private final Duration still;
    private final ServerCopies copies;
    private final Stillness files = new Stillness();

    /** @param still how long a file must not have changed */
    ServerFiles(Duration still, ServerCopies copies) {
        this.still = still;
        this.copies = copies;
    }

    @Override
    public void prepareOnStartup(GenericFileOperations<T> server, GenericFileEndpoint<T> endpoint) {
        copies.sweep();
    }

    @Override
    public boolean begin(
            GenericFileOperations<T> server, GenericFileEndpoint<T> endpoint, Exchange exchange, GenericFile<T> file) {
        String name = file.getFileNameOnly();
        if (name.matches(".*[/\\\\\\p{Cntrl}].*") || name.length() > 200) {
            LOG.warn("{}: a file with an unsafe name is left where it is", endpoint.getEndpointUri());
            return false;
        }
        return files.left(name, file.getFileLength(), file.getLastModified(), System.nanoTime(), still) == 0;
    }

    @Override
    public void abort(
            GenericFileOperations<T> server, GenericFileEndpoint<T> endpoint, Exchange exchange, GenericFile<T> file) {
        // nothing was fetched, and it stays
    }

    @Override
    public void commit(
            GenericFileOperations<T> server, GenericFileEndpoint<T> endpoint, Exchange exchange, GenericFile<T> file)
            throws Exception {
        ServerCopies.discard(file);
        String name = file.getFileNameOnly();
        T there = listed(server, file.getAbsoluteFilePath());
        boolean isRead = files.forget(name, there == null ? -1 : size(there), there == null ? -1 : modified(there));
        if (there == null) {
            return;
        }
        if (!isRead) {
            LOG.warn("{}: {} changed while it was read, and is read again", endpoint.getEndpointUri(), name);
        } else if (!server.deleteFile(file.getAbsoluteFilePath())) {
            throw new ProblemException(Problem.of(EdgeCode.SERVER_KEEPS_FILE, "name", name));
        }
    }

    @Override
    public void rollback(
            GenericFileOperations<T> server, GenericFileEndpoint<T> endpoint, Exchange exchange, GenericFile<T> file) {
        ServerCopies.discard(file);
    }

    private @Nullable T listed(GenericFileOperations<T> server, String path) {
        T[] found = server.listFiles(path);
        return Stream.of(found).filter(each -> each != null).findFirst().orElse(null);
    }

    private long size(T listed) {
        return listed instanceof SftpRemoteFile<?> ssh ? ssh.getFileLength() : ((FTPFile) listed).getSize();
    }

    private long modified(T listed) {
        return listed instanceof SftpRemoteFile<?> ssh
                ? ssh.getLastModified()
                : ((FTPFile) listed).getTimestamp().getTimeInMillis();
    }
}
