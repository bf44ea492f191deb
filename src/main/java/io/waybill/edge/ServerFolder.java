package io.waybill.edge;

import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import java.io.IOException;
import java.util.Arrays;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileComponent;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.remote.FtpOperations;
import org.apache.camel.component.file.remote.RemoteFileEndpoint;
import org.apache.camel.component.file.remote.RemoteFileOperations;
import org.apache.camel.component.file.remote.SftpOperations;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/** A folder of a server that files are laid into, one at a time: under a hidden name first, then renamed, so that a reader sees a whole one or none. */
final class ServerFolder extends ServiceSupport {
    private final String system;
    private final RemoteFileEndpoint<?> endpoint;
    private @Nullable RemoteFileOperations<?> open;

    /** @param system its name in the settings */
    ServerFolder(String system, RemoteFileEndpoint<?> endpoint) {
        this.system = system;
        this.endpoint = endpoint;
    }

    /**
     * The same bytes again succeed; a file with other bytes is never overwritten.
     *
     * @throws ProblemException {@code system-away}, {@code system-locked}, {@code system-stranger}, {@code system-unproven}, {@code server-refuses},
     *     {@code server-takes-no-pattern}, {@code file-differs}
     */
    synchronized void write(String name, byte[] bytes) throws IOException {
        try {
            lay(connected(), name, bytes);
        } catch (Exception e) {
            hangUp();
            throw new ProblemException(ServerWatch.told(system, e), e);
        }
    }

    private void lay(RemoteFileOperations<?> server, String name, byte[] bytes) {
        if (server instanceof SftpOperations
                && ServerFiles.PATTERN.matcher(name).find()) {
            throw new ProblemException(Problem.of(EdgeCode.SERVER_TAKES_NO_PATTERN, "name", name, "system", system));
        }
        String path = path(name);
        byte[] there = there(server, path, bytes.length);
        if (there != null) {
            requireSame(path, there, bytes);
            return;
        }
        String hidden = path("." + name + ".tmp");
        if (!server.storeFile(hidden, carrying(bytes), bytes.length) || !server.renameFile(hidden, path)) {
            throw notTaken(server, path);
        }
    }

    private static GenericFileOperationFailedException notTaken(RemoteFileOperations<?> server, String path) {
        String why = "it did not take " + path;
        return server instanceof FtpOperations ftp
                ? new GenericFileOperationFailedException(
                        ftp.getClient().getReplyCode(), ftp.getClient().getReplyString(), why)
                : new GenericFileOperationFailedException(why);
    }

    /** Null for nothing. By SFTP without a list of its folder, which may be long, or not ours to read, where the server says so without. */
    private byte @Nullable [] there(RemoteFileOperations<?> server, String path, int length) {
        boolean isAskedByName = server instanceof SftpOperations
                && !ServerFiles.PATTERN.matcher(path).find();
        if (!isAskedByName && !server.existsFile(path)) {
            return null;
        }
        GenericFile<?> there = server.newGenericFile();
        Exchange read = carrying(new byte[0]);
        read.setProperty(FileComponent.FILE_EXCHANGE_FILE, there);
        try {
            server.retrieveFile(path, read, length);
            return (byte[]) there.getBody();
        } catch (GenericFileOperationFailedException e) {
            if (isAskedByName && isMissing(server, path, e)) {
                return null;
            }
            throw e;
        }
    }

    /** A server whose files we may not read may say no more than that of one that is not there: then its folder is listed. */
    private static boolean isMissing(
            RemoteFileOperations<?> server, String path, GenericFileOperationFailedException unread) {
        if (ServerFiles.isNoSuchFile(unread)) {
            return true;
        }
        try {
            return !server.existsFile(path);
        } catch (GenericFileOperationFailedException unlisted) {
            unread.addSuppressed(unlisted);
            return false;
        }
    }

    private static void requireSame(String path, byte @Nullable [] there, byte[] bytes) {
        if (!Arrays.equals(there, bytes)) {
            throw new ProblemException(Problem.of(EdgeCode.FILE_DIFFERS, "path", path));
        }
    }

    private RemoteFileOperations<?> connected() throws Exception {
        RemoteFileOperations<?> server = open;
        if (server == null) {
            server = operations(endpoint);
            open = server;
        }
        if (!server.isConnected() || !server.sendNoop()) {
            server.connect(endpoint.getConfiguration(), carrying(new byte[0]));
        }
        return server;
    }

    private static <T> RemoteFileOperations<T> operations(RemoteFileEndpoint<T> endpoint) throws Exception {
        RemoteFileOperations<T> server = endpoint.createRemoteFileOperations();
        server.setEndpoint(endpoint);
        return server;
    }

    private Exchange carrying(byte[] bytes) {
        Exchange exchange = new DefaultExchange(endpoint.getCamelContext());
        exchange.getMessage().setBody(bytes);
        return exchange;
    }

    private String path(String name) {
        String folder = endpoint.getConfiguration().getDirectory();
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    @Override
    protected void doStop() {
        hangUp();
    }

    private synchronized void hangUp() {
        if (open != null) {
            open.forceDisconnect();
            open = null;
        }
    }
}
