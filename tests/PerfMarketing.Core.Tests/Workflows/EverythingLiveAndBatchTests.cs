using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Tests.Settlement;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Workflows;

/// <summary>
/// Live calls and a batch decide the same where clauses compete, tallies and limits are shared, children wait, and
/// terms are amended with effect for the past.
/// </summary>
public sealed class EverythingLiveAndBatchTests
{
    private const int SeedCount = 40;

    private static readonly FamilyLog Log = new(48, Outcomes: 7, Sales: 2, Customers: 5, ChildOf: 4);
    private static readonly Instant Start = FamilyLog.Start;

    [Fact]
    public async Task Same_inputs_give_the_same_entries()
    {
        HashSet<string> codes = [];
        for (int seed = 0; seed < SeedCount; seed++)
        {
            CampaignInput[] log = [.. Log.Inputs(seed)];
            AmendedHost host = new(
                CampaignOf(seed),
                [.. FamilyLog.Touches(seed, 14, (Start, -90), Start - Duration.FromHours(1))]);
            Instant until = Start + Duration.FromDays(20);
            CampaignRun batch = host.Batch(log, until);

            await host.RunAsync(log, until);

            host.Entries.Select(Short).Should().Equal(batch.Entries.Select(Short), $"seed {seed}");
            host.Entries.Select(static e => TermJson.Write(e)).Should()
                .Equal(batch.Entries.Select(static e => TermJson.Write(e)), $"seed {seed}");
            codes.UnionWith(host.Codes);
            codes.UnionWith(batch.Entries.OfType<Amendment>().Select(static a => a.Reason.Code));
        }

        codes.Should().Contain(
        [
            SettlementReasons.Amended, SettlementReasons.AcceptedLate, SettlementReasons.MeasureAmended,
            SettlementReasons.ParentAwaited, SettlementReasons.CreditInherited, SettlementReasons.OverBudget,
            LimitReasons.Held, LimitReasons.Reached, "repricing", "adjustment", "child",
        ]);
    }

    private static string Short(LedgerEntry e) =>
        $"{e.OutcomeId} {e.Tag} {e.Contract}/{e.Clause} v{e.Version} {e.Partner} {e.Amount}";

    internal static CampaignDraft CampaignOf(int seed)
    {
        ContractDraft first = ContractDraft.For("main").PaidBy("acme").WithPartner("p-blog").WithPartner("p-mail")
            .In(Currency.Eur, "Europe/Berlin").EffectiveFrom(new(2026, 1, 1)).Choosing((Precedence)(seed % 4))
            .Pays("sale", Models(seed, 0), c => Limited(c, seed).TalliedBy(TallyOf(seed)))
            .Pays("sale", Pay.RevenueShare(5.Percent), static c => c.Correcting(CorrectionPolicy.Reprice))
            .Pays("deposit", Pay.Fixed(1.Eur), c => Proven(c, seed));
        ContractDraft second = first.Amend(new(2026, 3, 1), d => d with
        {
            Clauses =
            [
                d.Clauses[0] with { Pays = Models(seed, 1), Tally = TallyOf(seed / 3) },
                .. d.Clauses.Skip(1),
                .. seed % 3 == 0 ? [new ClauseDraft { Id = new("extra"), Outcome = "sale", Pays = Pay.Fixed(2.Eur) }]
                    : Array.Empty<ClauseDraft>(),
            ],
        });
        ContractDraft fee = ContractDraft.For("fee").PaidBy("acme").WithPartner("boss")
            .In(Currency.Eur, "Europe/Berlin").OnResultsOf("p-blog")
            .Pays("sale", LegMeasureTests.OfLeg(10, "main"));
        return CampaignDraft.For("x", "acme").With(first).With(second).With(fee).With(History(seed))
            .AttributedBy(seed % 2 == 0 ? new Linear() : new LastTouch())
            .BudgetedBy(new Budget(new("month"), (40 + (seed % 5 * 90)).Eur, PeriodUnit.Month)
            {
                AtCap = (CapBehavior)(seed % 3),
                Recognition = (BudgetRecognition)(seed / 3 % 3),
            }.Or((LimitOverflow)(seed % 6)))
            .BudgetedBy(new Budget(new("count"), BudgetAmount.Outcomes(6 + (seed / 2 % 4 * 9)), PeriodUnit.Month)
            {
                AtCap = (CapBehavior)(seed / 2 % 3),
                Recognition = (BudgetRecognition)(seed / 4 % 3),
                Credit = (TallyCredit)(seed % 2),
            }.Or((LimitOverflow)(seed / 5 % 6)));
    }

    private static PayoutModel Models(int seed, int version) => (((seed / 2) + version) % 5) switch
    {
        0 => Pay.Tiered(new(3.Eur, UpTo: 4), new(2.Eur)),
        1 when TallyOf(version == 0 ? seed : seed / 3).Scope == TallyScope.Partner =>
            Pay.Volume(new(6.Percent, UpTo: 5), new(8.Percent)),
        2 => Pay.RevenueShare(7.Percent),
        3 => Pay.Tiered(new(3.10m.Eur, UpTo: 2), new(1.05m.Eur)),
        _ => Pay.Fixed(3.33m.Eur),
    };

    private static TallyTerms TallyOf(int seed) => (seed % 3) switch
    {
        0 => new() { Scope = TallyScope.Contract },
        _ => TallyTerms.Default,
    };

    private static ClauseDraft Limited(ClauseDraft clause, int seed) => (seed % 5) switch
    {
        0 => clause.LimitedTo(Limit.Spend(40.Eur, PeriodUnit.Month).Or(LimitOverflow.PayRemainder)),
        1 => clause.LimitedTo(Limit.Outcomes(6, PeriodUnit.Month).Or(LimitOverflow.Hold)),
        2 => clause.LimitedTo(Limit.Outcomes(2, PeriodUnit.Month, LimitScope.PartnerCustomer)),
        _ => clause,
    };

    private static ClauseDraft Proven(ClauseDraft clause, int seed) =>
        seed % 3 == 1 ? clause.TrustingHost("order-paid", within: Duration.FromDays(2)) : clause;

    // The blog accepts both versions; the mailer the first one late, or both, or the second only.
    private static ContractHistory History(int seed)
    {
        Instant before = Instant.FromUtc(2025, 12, 1, 0, 0);
        Instant offered = Start + Duration.FromHours(49);
        ContractHistory history = ContractHistory.Of("main")
            .Then(new ContractEvent.Proposed(1) { At = before, By = new("acme") })
            .Then(new ContractEvent.Accepted(1) { At = before, By = new("p-blog") });
        if (seed % 4 < 2)
        {
            Instant late = seed % 4 == 0 ? before : Start + Duration.FromHours(31);
            history = history.Then(new ContractEvent.Accepted(1) { At = late, By = new("p-mail") });
        }

        history = history.Then(new ContractEvent.Proposed(2) { At = offered, By = new("acme") })
            .Then(new ContractEvent.Accepted(2) { At = offered + Duration.FromHours(8), By = new("p-blog") });
        return seed % 5 == 4
            ? history
            : history.Then(new ContractEvent.Accepted(2) { At = offered + Duration.FromHours(20), By = new("p-mail") });
    }
}
