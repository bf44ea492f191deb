package io.waybill.ledger;

import io.waybill.settings.OwnerOnly;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder beside the embedded database in which a whole other one is made that is to take its place. It names people as that does. */
final class BesideFolder {
    /** Of a database that is brought up. */
    static final String UPGRADING = "upgrading";

    /** Of a backup that is put back; each has a number of its own. */
    static final String RESTORING = "restoring";

    private static final String ANY = "{" + UPGRADING + "," + RESTORING + "_*}";

    private BesideFolder() {}

    /** A new one, for this user alone. */
    static Path make(Path present, String name) throws IOException {
        Path folder = present.resolveSibling(name);
        remove(folder);
        return OwnerOnly.folder(folder);
    }

    /** What was begun here by processes that were killed. Whoever has the database open knows that nobody needs them. */
    static void clear(Path present) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(present.resolveSibling(""), ANY)) {
            for (Path folder : left) {
                remove(folder);
            }
        }
    }

    /** A folder and all that is in it; none is as well. */
    static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
