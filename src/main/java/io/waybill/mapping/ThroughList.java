package io.waybill.mapping;

/** A path asks a list for a field of its elements and does not say of which. */
final class ThroughList extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String path;
    private final String list;
    private final String first;

    /**
     * @param list the part of the path that is a list
     * @param first the path as it would read the first element
     */
    ThroughList(String path, String list, String first) {
        super(path, null, false, false);
        this.path = path;
        this.list = list;
        this.first = first;
    }

    String path() {
        return path;
    }

    /** The values of {@link MappingCode#IS_A_LIST}. */
    Object[] values() {
        return new Object[] {"list", list.isEmpty() ? "." : list, "first", first};
    }
}
