package io.waybill.station;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A folder that a print program watches: it sees a file whole, or none. The folder must exist; one that is not mounted is none. */
record FolderPrinter(Path folder) implements Printer {
    @Override
    public void print(String name, byte[] bytes) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no such folder");
        }
        Path hidden = folder.resolve("." + name + ".tmp");
        try {
            write(hidden, bytes);
            Files.move(hidden, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            discard(hidden, e);
            throw e;
        }
    }

    private static void write(Path hidden, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                hidden, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    /** Half a label does not stay in a full folder: nobody would see it, print it or take it away. */
    private static void discard(Path hidden, IOException why) {
        try {
            Files.deleteIfExists(hidden);
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    @Override
    public String where() {
        return folder.toString();
    }
}
