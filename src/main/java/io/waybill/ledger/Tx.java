package io.waybill.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** One transaction over the ledger's books: a door for each of them, and what they share. */
public final class Tx implements Reads {
    private final Handle handle;
    private final Subscriptions subscriptions;
    private final Dues dues;
    private final boolean embedded;
    private final Handover handover;
    private final NewLines newLines = new NewLines();

    Tx(Handle handle, Subscriptions subscriptions, Dues dues, boolean embedded, Handover handover) {
        this.handover = handover;
        this.embedded = embedded;
        this.handle = handle;
        this.subscriptions = subscriptions;
        this.dues = dues;
    }

    @Override
    public <T> T read(Function<Tx, T> work) {
        return work.apply(this);
    }

    /** The database's clock at the start of this transaction. */
    public Instant now() {
        return handle.createQuery("SELECT CURRENT_TIMESTAMP")
                .mapTo(Instant.class)
                .one();
    }

    /** The day of {@link #now} in UTC. */
    public LocalDate today() {
        return now().atZone(ZoneOffset.UTC).toLocalDate();
    }

    /**
     * What {@code parts} writes, and asks for an {@link Asked}, goes to the database together when it is over.
     *
     * @return what {@code parts} does; nothing of it is answered before
     */
    public <T> T together(Supplier<T> parts) {
        return Trips.of(handle).together(handle, parts);
    }

    /** {@link #together(Supplier)} that asks nothing. */
    public void together(Runnable writes) {
        together(() -> {
            writes.run();
            return true;
        });
    }

    /** The nodes of this database. */
    public NodeBook nodes() {
        return new NodeBook(handle);
    }

    /** What links are signed with. */
    public LinkKeyBook linkKeys() {
        return new LinkKeyBook(handle);
    }

    public InboxBook inbox() {
        return new InboxBook(handle);
    }

    public FileBook files() {
        return new FileBook(handle);
    }

    /** What became of the documents of files. */
    public OutcomeBook outcomes() {
        return new OutcomeBook(handle);
    }

    /** Files handed over by calls. */
    public BatchBook batches() {
        return new BatchBook(handle);
    }

    /** What looks at them said. */
    public LookBook looks() {
        return new LookBook(handle);
    }

    /** Files whose prices are compared. */
    public ComparedBook compared() {
        return new ComparedBook(handle);
    }

    /** What their orders would cost. */
    public ComparedRows comparedRows() {
        return new ComparedRows(handle);
    }

    /** The documents of a file whose batch is stopped. */
    public StoppedRows stopped() {
        return new StoppedRows(handle);
    }

    /** The documents of a file with their orders' labels. */
    public TakenRows taken() {
        return new TakenRows(handle);
    }

    /** The versions of mappings. */
    public MappingBook mappings() {
        return new MappingBook(handle);
    }

    /** Documents as their sources sent them. */
    public DocumentBook originals() {
        return new DocumentBook(handle);
    }

    /** Documents that became no order. */
    public RejectionBook rejections() {
        return new RejectionBook(handle);
    }

    public OrderBook orders() {
        return new OrderBook(handle);
    }

    /** What belongs to these orders. */
    public Asked<Related> related(Collection<OrderRow> orders) {
        return Related.to(handle, orders.stream().map(OrderRow::id).toList());
    }

    /** What belongs to this shipment, and to nothing else of its order. */
    public Related related(ShipmentRow row) {
        return Related.to(handle, row);
    }

    /** Orders and where they stand, by their hub ids. */
    public Map<String, Standing> standing(Collection<String> ids) {
        Map<String, OrderRow> orders = orders().of(ids);
        Related related = related(orders.values()).get();
        return orders.values().stream().collect(Collectors.toMap(OrderRow::id, order -> new Standing(order, related)));
    }

    /** What was said of orders, and by whom. */
    public RevisionBook revisions() {
        return new RevisionBook(handle);
    }

    public ShipmentBook shipments() {
        return new ShipmentBook(handle);
    }

    /** With what shipments begin, or begin again. */
    public PlanBook plans() {
        return new PlanBook(handle);
    }

    /** Which changes of a document are older than what was taken in of it. */
    public NewestBook newest() {
        return new NewestBook(handle);
    }

    /** Shipments that can go on now. */
    public DueBook due() {
        return new DueBook(handle);
    }

    /** Labels bought elsewhere. */
    public OutsideBook outside() {
        return new OutsideBook(handle);
    }

    /** The state edges of a purchase. */
    public PurchaseBook purchases() {
        return new PurchaseBook(handle);
    }

    /** External numbers of shipments. */
    public NumberBook numbers() {
        return new NumberBook(handle);
    }

    /** Events that are told together. */
    public BundleBook bundles() {
        return new BundleBook(handle);
    }

    /** Control numbers of interchanges that are written. */
    public ControlNumberBook controlNumbers() {
        return new ControlNumberBook(handle);
    }

    public AttemptBook attempts() {
        return new AttemptBook(handle);
    }

    /** How far sources were read. */
    public PositionBook positions() {
        return new PositionBook(handle);
    }

    /** Giving labels back. */
    public VoidBook voids() {
        return new VoidBook(handle);
    }

    /** What is asked back for labels given back. */
    public RefundBook refunds() {
        return new RefundBook(handle);
    }

    /** What labels given back are billed, credited and expected to cost. */
    public GivenBackBook givenBack() {
        return new GivenBackBook(handle, charges(), corrections(), refunds());
    }

    public OrphanBook orphans() {
        return new OrphanBook(handle);
    }

    /** The audit of what was tried more than once. */
    public SweepBook sweep() {
        return new SweepBook(handle);
    }

    public LabelBook labels() {
        return new LabelBook(handle);
    }

    public ChargeBook charges() {
        return new ChargeBook(handle, newLines);
    }

    public CorrectionBook corrections() {
        return new CorrectionBook(handle, newLines);
    }

    /** Files of invoices on their way in. */
    public InvoiceFileBook invoiceFiles() {
        return new InvoiceFileBook(handle);
    }

    /** Invoices nobody sees yet. */
    public StagedInvoiceBook stagedInvoices() {
        return new StagedInvoiceBook(handle);
    }

    /** How a staged invoice joins those of its number. */
    public InvoiceRevisionBook invoiceRevisions() {
        return new InvoiceRevisionBook(handle);
    }

    /** Carriers' invoices. */
    public InvoiceBook invoices() {
        return new InvoiceBook(handle);
    }

    public InvoiceLineBook invoiceLines() {
        return new InvoiceLineBook(handle);
    }

    /** Where lines of invoices land. */
    public LandingBook landings() {
        return new LandingBook(handle);
    }

    /** What audits found. */
    public VarianceBook variances() {
        return new VarianceBook(handle);
    }

    /** What people decided about the findings of audits. */
    public DecisionBook decisions() {
        return new DecisionBook(handle);
    }

    /** What can still be claimed of numbers that are no shipment's. */
    public ClaimBook claims() {
        return new ClaimBook(handle);
    }

    /** What is claimed back. */
    public DisputeBook disputes() {
        return new DisputeBook(handle);
    }

    public CreditBook credits() {
        return new CreditBook(handle);
    }

    /** What of invoices is settled. */
    public PaymentBook payments() {
        return new PaymentBook(handle);
    }

    /** What an invoice may call a shipment by. */
    public MatchBook matches() {
        return new MatchBook(handle);
    }

    /** What was handed to the books. */
    public JournalBook journal() {
        return new JournalBook(handle);
    }

    /** Shipments beside their money. */
    public MoneyBook money() {
        return new MoneyBook(handle);
    }

    /** What is owed and not in the books. */
    public AccrualBook accruals() {
        return new AccrualBook(handle);
    }

    /** The money ledger summed up by what a reader groups it by. */
    public SumBook sums() {
        return new SumBook(handle);
    }

    /** What the hub knows of shipments an invoice bills. */
    public AuditFacts auditFacts() {
        return new AuditFacts(handle);
    }

    /** Shipments that are bought parcel by parcel. */
    public PieceBook pieces() {
        return new PieceBook(handle);
    }

    public QuoteBook quotes() {
        return new QuoteBook(handle);
    }

    public StoryBook story() {
        return new StoryBook(handle);
    }

    public ExceptionBook exceptions() {
        return new ExceptionBook(handle, events(), subscriptions, dues);
    }

    /** What exceptions come from. */
    public CauseBook causes() {
        return new CauseBook(handle);
    }

    /** Facts for the sinks. */
    public EventBook events() {
        return new EventBook(handle, subscriptions, newLines, handover);
    }

    /** Where parcels have been. */
    public TrackingBook tracking() {
        return new TrackingBook(handle);
    }

    /** Whose carriers are asked where their parcels are, and when. */
    public JourneyBook journeys() {
        return new JourneyBook(handle);
    }

    /** What carriers pushed. */
    public HookBook hooks() {
        return new HookBook(handle);
    }

    /** What is open, counted. */
    public BacklogBook backlog() {
        return new BacklogBook(handle);
    }

    /** What people look for again and again. */
    public ViewBook views() {
        return new ViewBook(handle);
    }

    /** What a day looks like. */
    public DayBook day() {
        return new DayBook(handle);
    }

    /** How long what carriers owe takes to come. */
    public ArrivalBook arrivals() {
        return new ArrivalBook(handle);
    }

    public KeyBook keys() {
        return new KeyBook(handle);
    }

    /** What the sinks are still owed. */
    public OutboxBook outbox() {
        return new OutboxBook(handle, embedded);
    }

    /** What the sinks took. */
    public SentBook sent() {
        return new SentBook(handle, embedded);
    }

    /** Where deliveries stand. */
    public DeliveryBook deliveries() {
        return new DeliveryBook(handle);
    }

    /** What was bought today, for spending limits. */
    public SpendingBook spending() {
        return new SpendingBook(handle);
    }

    /** Who is signed in with a browser. */
    public SessionBook sessions() {
        return new SessionBook(handle);
    }

    /** What namespaces have switched: channels, stages, sources that are only looked at. */
    public RolloutBook rollout() {
        return new RolloutBook(handle, subscriptions);
    }

    /** What sources brought that are only looked at. */
    public ShadowBook shadows() {
        return new ShadowBook(handle);
    }

    /** Which label an order has, and what that is expected to cost. */
    public BoughtBook bought() {
        return new BoughtBook(handle);
    }

    /** What became of a source's orders, in sums. */
    public LiveBook live() {
        return new LiveBook(handle);
    }

    /** Accounts that buy nothing. */
    public StopBook stops() {
        return new StopBook(handle);
    }

    /** What was handed over together. */
    public ManifestBook manifests() {
        return new ManifestBook(handle);
    }

    /** The days of accounts whose bill is asked for. */
    public PullBook pulls() {
        return new PullBook(handle);
    }

    public AuditBook audit() {
        return new AuditBook(handle);
    }

    /** Whether this database was restored from a backup, and what was looked up since. */
    public RestoreBook restores() {
        return new RestoreBook(handle);
    }

    /** Takes personal data out of what is kept. */
    public ErasureBook erasure() {
        return new ErasureBook(handle);
    }
}
