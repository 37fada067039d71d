using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Testing;
using PerfMarketing.Workflows;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Workflows;

/// <summary>The workflows over in-memory ports, with short ways to call them.</summary>
internal sealed class LiveHost
{
    public LiveHost(
        CampaignDraft draft,
        Func<ILedgerStore, ILedgerStore>? around = null,
        ICustomerMerges? merges = null,
        MemoryLedger? ledger = null,
        CampaignCache? cache = null,
        MemoryJourneys? journeys = null)
    {
        Journeys = journeys ?? new();
        Ledger = ledger ?? new();
        Campaign = draft.Build();
        Campaigns = new(Campaign);
        ILedgerStore store = around is null ? Ledger : around(Ledger);
        Touchpoints = new(Journeys);
        Ports = new()
        {
            Campaigns = Campaigns,
            Journeys = Journeys,
            Ledger = store,
            Rates = Rates,
            Merges = merges,
            Due = Ledger,
            Cache = cache ?? new(),
        };
        Conversions = new(Ports, new EvidenceVerifier(new MemoryProofKeys()));
        Due = new(Ports, Ledger);
        Settlement = new(Campaigns, store);
        Bookings = new(Campaigns, store);
        Amendments = new(Ports);
        Invalidations = new(Ports);
    }

    public Campaign Campaign { get; }

    public MemoryCampaigns Campaigns { get; }

    public MemoryJourneys Journeys { get; }

    public MemoryRates Rates { get; } = new();

    public MemoryLedger Ledger { get; }

    public TouchpointWorkflow Touchpoints { get; }

    public WorkflowPorts Ports { get; }

    public ConversionWorkflow Conversions { get; }

    public DueWorkflow Due { get; }

    public SettlementWorkflow Settlement { get; }

    public BookingWorkflow Bookings { get; }

    public AmendmentWorkflow Amendments { get; }

    public InvalidationWorkflow Invalidations { get; }

    public static Touchpoint Click(string partner, string at, string customer = "c1") => new()
    {
        Id = new($"{partner}-{customer}-{at}"),
        At = At(at),
        Customer = new(customer),
        Partner = new(partner),
    };

    public static EvidenceInput Evidence(string id, string at, string kind = "order-paid") => new()
    {
        Kind = kind,
        Scheme = SchemeId.Asserted,
        Id = new(id),
        ReceivedAt = At(at),
    };

    public async Task RecordAsync(params Touchpoint[] touchpoints) =>
        await Touchpoints.RecordAsync([.. touchpoints], CancellationToken.None);

    public async Task<ConversionReport> ProcessAsync(Outcome outcome, params EvidenceInput[] evidence) =>
        await Conversions.ProcessAsync(Campaign.Id, outcome, [.. evidence], outcome.RecordedAt, CancellationToken.None);

    public async Task<ConversionReport> ProveAsync(string outcome, EvidenceInput evidence) =>
        await Conversions.AddEvidenceAsync(
            Campaign.Id, new(outcome), evidence, evidence.ReceivedAt, CancellationToken.None);

    public async Task<ConversionReport> CorrectAsync(Correction correction) =>
        await Conversions.CorrectAsync(Campaign.Id, correction, correction.RecordedAt, CancellationToken.None);

    // Whatever comes in, as of when it was recorded or later.
    public async Task<ConversionReport> TakeAsync(CampaignInput input, Instant? asOf = null) => input switch
    {
        CampaignInput.OfOutcome { Outcome: var outcome } => await Conversions.ProcessAsync(
            Campaign.Id, outcome, [], asOf ?? input.RecordedAt, CancellationToken.None),
        CampaignInput.OfEvidence { Verdict: var verdict } => await Conversions.AddVerdictAsync(
            Campaign.Id, input.OutcomeId, verdict, asOf ?? input.RecordedAt, CancellationToken.None),
        CampaignInput.OfCorrection { Correction: var correction } => await Conversions.CorrectAsync(
            Campaign.Id, correction, asOf ?? input.RecordedAt, CancellationToken.None),
        _ => throw new ArgumentException("Not a kind of input.", nameof(input)),
    };

    public async Task<ConversionReport> ReviewAsync(string outcome, string at) =>
        await Conversions.ReviewAsync(Campaign.Id, new(outcome), At(at), CancellationToken.None);

    // Everything that is due, in calls that look at a few outcomes each.
    public async Task<List<ConversionReport>> TickAsync(Instant at, int count = 10)
    {
        List<ConversionReport> reports = [];
        DueOutcome? next = null;
        do
        {
            DueReport report = await Due.ReviewDueAsync(Campaign.Id, at, count, next, CancellationToken.None);
            reports.AddRange(report.Reports);
            next = report.Next;
        }
        while (next is not null);
        return reports;
    }

    // Everything that is stored, stream by stream.
    public async Task<List<StoredRecord>> StoredAsync()
    {
        List<StoredRecord> found = [];
        ValueList<StreamPosition> all = [.. Ledger.Positions.Select(static p => p with { Version = 0 })];
        await foreach (StoredRecord stored in Ledger.ReadAsync(all, CancellationToken.None))
        {
            found.Add(stored);
        }

        return found;
    }

    public string[] Streams() => [.. Ledger.Positions.Select(static p => $"{p.Stream} {p.Version}")];
}
