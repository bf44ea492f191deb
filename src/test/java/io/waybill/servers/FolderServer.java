package io.waybill.servers;

/** A real server of one folder, with one user. */
public interface FolderServer extends AutoCloseable {
    String USER = "acme";
    String PASSWORD = "correct horse";

    String url();

    /** Breaks the next read of a file in its middle. */
    void cutNextRead();

    @Override
    void close() throws Exception;
}
