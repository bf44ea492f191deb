package io.waybill.edge;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.text.Sha256;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.util.ObjectHelper;
import org.apache.commons.net.ftp.FTPFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a file of a server is read, and when it leaves: read when neither its size nor its time changed for a while by our own clock;
 * removed when it was taken in and is still the one that was read. An empty one is read later, once, and stays for its writer. A name that could lead out of a folder, or to other files, is never read.
 *
 * @param <T> what the server lists
 */
final class ServerFiles<T> implements GenericFileProcessStrategy<T> {
    private static final Logger LOG = LoggerFactory.getLogger(ServerFiles.class);

    private static final Pattern UNSAFE = Pattern.compile("[/\\\\\\p{Cntrl}]");

    /** What the client of SFTP takes for a pattern, also when it removes a file: others would go with it. */
    static final Pattern PATTERN = Pattern.compile("[*?]");

    private final Duration still;
    private final ServerCopies copies;
    private final LeftFiles left;
    private final Stillness files = new Stillness();
    private @Nullable GenericFileOperations<T> asked;

    /**
     * @param still how long a file must not have changed
     * @param left hears of what stays there though it should not
     */
    ServerFiles(Duration still, ServerCopies copies, LeftFiles left) {
        this.still = still;
        this.copies = copies;
        this.left = left;
    }

    @Override
    public void prepareOnStartup(GenericFileOperations<T> server, GenericFileEndpoint<T> endpoint) {
        copies.sweep();
    }

    @Override
    public boolean begin(
            GenericFileOperations<T> server, GenericFileEndpoint<T> endpoint, Exchange exchange, GenericFile<T> file) {
        asked = server;
        String name = file.getFileNameOnly();
        boolean isPattern = file.getFile() instanceof SftpRemoteFile<?>
                && PATTERN.matcher(name).find();
        if (isPattern || UNSAFE.matcher(name).find()) {
            left.left(
                    Problem.of(
                            EdgeCode.SERVER_BAD_NAME,
                            "name",
                            UNSAFE.matcher(name).replaceAll("_")),
                    true);
            return false;
        }
        file.setRelativeFilePath(Sha256.of(name).substring(0, 32));
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
        T there = listed(server, file.getAbsoluteFilePath(), name);
        boolean isRead = files.read(name, there == null ? -1 : size(there), there == null ? -1 : modified(there));
        if (there == null) {
            return;
        }
        if (!isRead) {
            LOG.warn("{}: {} changed while it was read, and is read again", endpoint.getEndpointUri(), name);
        } else if (size(there) > 0) {
            remove(server, file);
        }
    }

    /** Whether somebody took it away since it was listed. */
    boolean isGone(GenericFile<?> file) {
        try {
            return asked != null && listed(asked, file.getAbsoluteFilePath(), file.getFileNameOnly()) == null;
        } catch (GenericFileOperationFailedException e) {
            LOG.debug("cannot be asked for", e);
            return false;
        }
    }

    private void remove(GenericFileOperations<T> server, GenericFile<T> file) {
        ProblemException kept =
                new ProblemException(Problem.of(EdgeCode.SERVER_KEEPS_FILE, "name", file.getFileNameOnly()));
        try {
            if (server.deleteFile(file.getAbsoluteFilePath())) {
                return;
            }
        } catch (GenericFileOperationFailedException e) {
            kept.addSuppressed(e);
        }
        left.left(kept.problems().get(0), true);
        throw kept;
    }

    @Override
    public void rollback(
            GenericFileOperations<T> server, GenericFileEndpoint<T> endpoint, Exchange exchange, GenericFile<T> file) {
        ServerCopies.discard(file);
    }

    /** What a server lists under a path may be what it takes for a pattern; under some it lists nothing. */
    private @Nullable T listed(GenericFileOperations<T> server, String path, String name) {
        int folder = path.lastIndexOf('/');
        return named(server, path, name)
                .or(() -> folder < 1 ? Optional.empty() : named(server, path.substring(0, folder), name))
                .orElse(null);
    }

    private Optional<T> named(GenericFileOperations<T> server, String path, String name) {
        return found(server, path)
                .filter(each -> each != null && name(each).equals(name))
                .findFirst();
    }

    private Stream<T> found(GenericFileOperations<T> server, String path) {
        try {
            return Stream.of(server.listFiles(path));
        } catch (GenericFileOperationFailedException e) {
            if (isNoSuchFile(e)) {
                return Stream.empty();
            }
            throw e;
        }
    }

    /** Of SFTP. */
    static boolean isNoSuchFile(GenericFileOperationFailedException failure) {
        SftpException answer = ObjectHelper.getException(SftpException.class, failure);
        return answer != null && answer.id == ChannelSftp.SSH_FX_NO_SUCH_FILE;
    }

    private String name(T listed) {
        String said = listed instanceof SftpRemoteFile<?> ssh ? ssh.getFilename() : ((FTPFile) listed).getName();
        return said.substring(said.lastIndexOf('/') + 1);
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
