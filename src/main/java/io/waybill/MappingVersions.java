package io.waybill;

import io.waybill.ledger.Ledger;
import io.waybill.ledger.MappingBook;
import io.waybill.mapping.Versions;
import java.util.List;
import java.util.Optional;

/** The versions of mappings, as the ledger keeps them. */
record MappingVersions(Ledger ledger) implements Versions {
    @Override
    public Optional<Version> find(String name, int version) {
        return ledger.<Optional<MappingBook.Row>>read(tx -> tx.mappings().find(name, version))
                .map(MappingVersions::version);
    }

    @Override
    public Optional<Version> last(String name) {
        return ledger.<Optional<MappingBook.Row>>read(tx -> tx.mappings().last(name))
                .map(MappingVersions::version);
    }

    @Override
    public void serve(List<Version> versions) {
        ledger.commitAll(tx -> versions.forEach(version -> tx.mappings().serves(row(version))));
    }

    private static MappingBook.Row row(Version version) {
        return new MappingBook.Row(version.name(), version.version(), version.sha256(), version.text());
    }

    private static Version version(MappingBook.Row row) {
        return new Version(row.name(), row.version(), row.sha256(), row.text());
    }
}
