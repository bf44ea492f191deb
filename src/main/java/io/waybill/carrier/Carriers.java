package io.waybill.carrier;

import io.waybill.mapping.Mappings;
import io.waybill.problem.Problem;
import io.waybill.problem.ProblemException;
import io.waybill.settings.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The adapters on the class path. */
public final class Carriers {
    private final TreeMap<String, CarrierFactory> factories = new TreeMap<>();

    public Carriers() {
        ServiceLoader.load(CarrierFactory.class).forEach(factory -> factories.put(factory.id(), factory));
    }

    /** Every adapter, sorted by id. */
    public List<CarrierFactory> all() {
        return List.copyOf(factories.values());
    }

    /** What the files of a folder describe. */
    public DescribedCarriers.Read described(Path folder) {
        Map<String, CarrierFacts> carriers = new TreeMap<>();
        Map<String, Mappings> mappings = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        for (CarrierFactory factory : factories.values()) {
            if (factory instanceof DescribedCarriers describing) {
                DescribedCarriers.Read read = describing.read(folder);
                carriers.putAll(read.carriers());
                mappings.putAll(read.mappings());
                problems.addAll(read.problems());
            }
        }
        return new DescribedCarriers.Read(carriers, mappings, problems);
    }

    /** What an adapter can do; empty when there is none of this id. */
    public Optional<CarrierFacts> facts(String id) {
        return Optional.ofNullable(factories.get(id)).map(CarrierFactory::facts);
    }

    /**
     * Opens an account by its {@code adapter} setting.
     *
     * @throws ProblemException {@code no carrier "upps"; known: dhl-express, sandbox, ups}
     */
    public Carrier open(String accountName, Section account) {
        String id = account.required("adapter");
        CarrierFactory factory = factories.get(id);
        if (factory == null) {
            throw new ProblemException(account.about(
                    Problem.of(
                            CarrierCode.UNKNOWN_CARRIER, "carrier", id, "known", String.join(", ", factories.keySet())),
                    "adapter"));
        }
        return factory.open(accountName, account);
    }
}
