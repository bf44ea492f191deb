package io.waybill.text;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What a disk says while a file is written, such as that it is full, names no file: of several folders nobody knew which. */
public final class LackOfRoom {
    private LackOfRoom() {}

    /** The same failure, which says where. */
    public static IOException named(Path where, IOException failure) {
        if (failure instanceof FileSystemException) {
            return failure;
        }
        FileSystemException named = new FileSystemException(where.toString(), null, failure.getMessage());
        named.initCause(failure);
        return named;
    }
}
