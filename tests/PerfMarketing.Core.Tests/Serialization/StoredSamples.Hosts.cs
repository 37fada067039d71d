using NodaTime;
using PerfMarketing.Attribution.DataDriven;
using PerfMarketing.Budgets.Ledger;
using PerfMarketing.Budgets.Pacing;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Contracts.Programmes;
using PerfMarketing.Events;
using PerfMarketing.Integrity;
using PerfMarketing.Measurement;
using PerfMarketing.Measurement.Reports;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Traffic;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Accounts;
using PerfMarketing.Settlement.Bookings;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Testing;
using PerfMarketing.Tests.Attribution.DataDriven;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Serialization;

/// <content>What hosts keep beside records: reports, reservations, what was learned, what people wrote.</content>
internal static partial class StoredSamples
{
    private static IEnumerable<(string Kind, ITerms Sample, Func<TermReader, ITerms?> Read)> OfReports()
    {
        CampaignRun run = Run(
            (Contract(Pay.RevenueShare(10.Percent)) with { Traffic = Watched() }).ToCampaign(),
            Touch("p-blog", "2026-03-01T09:00:00Z"));
        run.Process(Of(Sale("o1", "2026-03-02T10:00:00Z", 200.Eur)));
        run.Process(Of(Returned("r1", "o1", "2026-04-03T10:00:00Z", 50.Eur)));
        run.Process(Of(Sale("o2", "2026-04-04T10:00:00Z", 80.Eur)));
        Instant may = At("2026-05-10T12:00:00Z");
        ValueList<Statement> statements = run.Statements(may);
        Campaign campaign = run.State.Campaign;
        AccountBook book = new(campaign);
        book.Post(run.Entries);

        yield return ("report-payables", PayablesReport.Of(statements), PayablesReport.Read);
        yield return ("report-bridge", Bridge.Of(campaign, statements).Single(), Bridge.Read);
        yield return ("report-reversals", ReversalReport.Of(campaign, run.Entries), ReversalReport.Read);
        yield return (
            "report-aging",
            AgingReport.Of(statements, ContractCalendar.Utc, may, AgingReport.UsualBounds),
            AgingReport.Read);
        yield return ("report-funnel", Funnel.Of(run.State, statements, [statements[0].Id], may), Funnel.Read);
        yield return ("report-traffic", TrafficReport.Of(run.State), TrafficReport.Read);
        yield return ("report-trial-balance", book.ToTrialBalance(), TrialBalance.Read);
        yield return (
            "report-comparison",
            CampaignComparison.Of([new("before", run), new("after", run)]),
            CampaignComparison.Read);
    }

    private static IEnumerable<(string Kind, ITerms Sample, Func<TermReader, ITerms?> Read)> OfBudgets()
    {
        BudgetPlan plan = BudgetLedgerChecks.Plan;
        LedgerRequest.Reserve asked = new(new("click-1"), [plan.Lines[^1].Id], 0.01m.Eur, At);
        List<PerfMarketing.Budgets.Ledger.LedgerEntry> journal = [];
        BudgetLedger ledger = new(plan) { Journal = journal.Add };
        LedgerDecision decision = ledger.Decide(asked, At);

        yield return ("budget-plan", plan, BudgetPlan.Read);
        yield return ("budget-request", asked, LedgerRequest.Read);
        yield return ("budget-decision", decision, LedgerDecision.Read);
        yield return ("budget-entry", journal[0], PerfMarketing.Budgets.Ledger.LedgerEntry.Read);
        yield return ("budget-snapshot", ledger.Read(plan.Lines[^1].Id, At)!, BudgetSnapshot.Read);
        yield return (
            "pacer",
            new PacerState
            {
                Window = "2026-03-29", PlannedAt = At, Seen = 1_000, Expected = 100, Cost = 1_000.5, Requests = 1_000,
            },
            PacerState.Read);
        TrafficDay day = new(ContractCalendar.Utc.Day(new(2026, 3, 29)));
        day.Add(At, 300);
        day.Add(At + Duration.FromHours(9), 700);
        yield return ("pacer-traffic", TrafficModel.Empty.Learn(day, TrafficModel.Weekend), TrafficModel.Read);
    }

    private static IEnumerable<(string Kind, ITerms Sample, Func<TermReader, ITerms?> Read)> OfHosts()
    {
        TrafficHistory history = new();
        history.Add(new(new("o/1"), At));
        TrafficWindow window = new();
        window.Add(new(new(new("acme-2026"), "device=d1", 7), new(new("o/1"), At), []));
        PathCounts paths = Toys.Paths("mail>ads 2/1; ads 1/3");
        var salt = Digest.Of("salt"u8);
        var verdict = CommittedVerdict.Of(Proven(), salt);
        var tree = MerkleTree.Of([salt, salt, salt]);

        yield return ("traffic-history", history, TrafficHistory.Read);
        yield return ("traffic-window", window, TrafficWindow.Read);
        yield return ("path-counts", paths, PathCounts.Read);
        yield return ("chain-counts", ChainCounts.Of(paths, 2), ChainCounts.Read);
        yield return ("committed-verdict", verdict, CommittedVerdict.Read);
        yield return ("committed-verdict-erased", verdict.Erase(), CommittedVerdict.Read);
        yield return ("erasure", new Erasure(At, "request of the person", [verdict.Commitment]), Erasure.Read);
        yield return ("inclusion-proof", tree.ProveInclusion(1), InclusionProof.Read);
        yield return ("consistency-proof", tree.ProveConsistency(1, 3), ConsistencyProof.Read);
        yield return (
            "programme",
            ProgrammeDraft.For("acme-shop", Terms()).WithGroup("silver", new()),
            static t => ProgrammeDraft.Read(t, TermCatalog.Default));
        yield return (
            "contract-history",
            ContractHistory.Of("acme-2026").Then(new ContractEvent.Proposed(1) { At = At, By = new("acme") }),
            ContractHistory.Read);
        yield return ("manual-earning", Manual(), ManualEarning.Read);
        yield return ("invalidation", Invalid(), Invalidation.Read);
    }

    private static TrafficTerms Watched() => new()
    {
        Rules = [new(TrafficRuleKind.Velocity) { Within = Duration.FromHours(1), Max = 9, Score = 60 }],
        HoldAt = 50,
    };

    private static ManualEarning Manual() => new()
    {
        Id = new("bounty/1"),
        Contract = new("acme-2026"),
        Partner = new("p-blog"),
        Amount = 25.Eur,
        At = At,
        Author = "ann",
        Note = "späte Gutschrift ✓",
    };

    private static Invalidation Invalid() => new()
    {
        Id = new("audit/1"),
        Contract = new("acme-2026"),
        Partner = new("p-blog"),
        From = At("2026-03-01T00:00:00Z"),
        To = At("2026-04-01T00:00:00Z"),
        Part = 12.5m.Percent,
        Reason = CorrectionReason.Fraud,
        At = At,
        Author = "ann",
        Note = "bots",
    };
}
