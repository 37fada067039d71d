using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Budgets;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Policies;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Two versions of one contract that both pay one outcome, each its own partners.</summary>
/// <remarks>
/// The blog was touched before the second version, which asks for no proof; the mail after it. The sale of 100.00 is
/// shared by both: 6.00 each at 12 %.
/// </remarks>
public sealed class VersionLegTests
{
    private static readonly JourneyTouch[] Both =
        [Touch("p-blog", "2026-02-20T09:00:00Z"), Touch("p-mail", "2026-03-05T09:00:00Z")];

    // The touch of 2 March is before the second version, the first sale after it: the version went by the touch, and so
    // does the one for the second sale, which no longer sees that touch.
    [Fact]
    public void Customer_of_a_payer_is_its_own_since_the_touch_of_whom_it_pays()
    {
        ContractDraft first = ContractDraft.For("top").PaidBy("acme").WithPartner("net")
            .In(Currency.Eur, "Europe/Berlin").Pays("sale", Pay.RevenueShare(30.Percent));
        ContractDraft second = (first with { Version = 2 })
            .EffectiveFrom(new(2026, 3, 4)).Grandfathered(Grandfathering.Customer)
            with
        {
            Clauses = [first.Clauses[0] with { Pays = Pay.RevenueShare(20.Percent) }],
        };
        CampaignRun run = Run(
            CampaignDraft.For("acme-2026", "acme").With(first).With(second)
                .With(ContractDraft.For("own").PaidBy("net").WithPartner("p-blog").In(Currency.Eur, "Europe/Berlin")
                    .Pays("sale", Pay.RevenueShare(10.Percent)))
                .AttributedBy(new LastTouch { Lookback = LookbackWindow.Days(5) }),
            Touch("p-blog", "2026-03-02T09:00:00Z"),
            Touch("p-blog", "2026-03-10T09:00:00Z"));

        run.Process(Of(Sale("o1", "2026-03-05T09:00:00Z", 10.Eur)));
        run.Process(Of(Sale("o2", "2026-03-11T09:00:00Z", 10.Eur)));

        run.Entries.Where(static e => e.Partner.Value == "net").Select(static e => $"{e.Version} {e.Amount}")
            .Should().Equal("1 3.00 EUR", "1 3.00 EUR");
    }

    [Fact]
    public void Leg_of_one_version_waits_although_the_other_has_earned()
    {
        CampaignRun run = Sold(Versions());

        run.Entries.Select(static e => $"{e.Partner} v{e.Version} {e.Amount}").Should().Equal("p-mail v2 6.00 EUR");
        run.Process(Proof("o1", "2026-03-11T12:00:00Z"));

        run.Entries.Select(static e => $"{e.Partner} v{e.Version} {e.Amount}")
            .Should().Equal("p-mail v2 6.00 EUR", "p-blog v1 6.00 EUR");
    }

    [Fact]
    public void Dispute_of_one_version_holds_its_money_alone_and_once()
    {
        CampaignRun run = Sold(Versions());
        run.Process(Proof("o1", "2026-03-11T12:00:00Z"));
        run.Process(Says("no", "2026-03-12T12:00:00Z", EvidenceFinding.Failed));

        run.Entries.OfType<DisputeHold>().Select(static e => $"{e.Partner} {e.Amount}")
            .Should().Equal("p-blog -6.00 EUR");
        int before = run.Entries.Count;
        CampaignDecider decider = new(run.State.Campaign);
        for (int i = 0; i < 3; i++)
        {
            decider.Review(run.State, new("o1"), new(Both), At("2026-03-13T12:00:00Z") + Duration.FromDays(i))
                .Records.Should().BeEmpty();
        }

        run.Process(Says("no-2", "2026-03-19T12:00:00Z", EvidenceFinding.Failed));
        run.Entries.Should().HaveCount(before);
    }

    // What waits for proof has its room set aside first.
    [Theory]
    [InlineData(12, "p-mail 6.00 EUR", "p-blog 6.00 EUR")]
    [InlineData(10, "p-mail 4.00 EUR", "p-blog 6.00 EUR")]
    [InlineData(6, "p-blog 6.00 EUR")]
    public void Both_count_in_budgets(int budget, params string[] paid)
    {
        Budget month = new(new("b"), Money.Of(budget, Currency.Eur), PeriodUnit.Month)
        {
            OnExceeded = LimitOverflow.PayRemainder,
            AtCap = CapBehavior.StopAndReject,
        };
        CampaignRun run = Sold(Versions().BudgetedBy(month));
        run.Process(Proof("o1", "2026-03-11T12:00:00Z"));

        run.Entries.Texts().Should().Equal(paid);
        run.State.BudgetOf(run.State.Campaign.Budgets[0], At("2026-03-10T12:00:00Z")).Committed.Amount!.Value.Amount
            .Should().Be(run.Entries.Sum(static e => e.Amount.Amount));
        run.Process(Of(Retracted("r1", "o1", "2026-03-15T12:00:00Z")));
        run.State.BudgetOf(run.State.Campaign.Budgets[0], At("2026-03-10T12:00:00Z")).Committed.Should().Be(0.Eur);
    }

    [Theory]
    [InlineData(12, "p-mail 6.00 EUR", "p-blog 6.00 EUR")]
    [InlineData(10, "p-mail 4.00 EUR", "p-blog 6.00 EUR")]
    [InlineData(6, "p-blog 6.00 EUR")]
    public void Both_count_in_limits(int limit, params string[] paid)
    {
        CampaignRun run = Sold(Versions(
            Limit.Spend(Money.Of(limit, Currency.Eur), PeriodUnit.Month).Or(LimitOverflow.PayRemainder)));
        run.Process(Proof("o1", "2026-03-11T12:00:00Z"));

        run.Entries.Texts().Should().Equal(paid);
        run.Process(Of(Retracted("r1", "o1", "2026-03-15T12:00:00Z")));
        run.Process(Of(Sale("o2", "2026-03-16T12:00:00Z", 100.Eur)));
        run.Entries.Skip(paid.Length).Where(static e => e is Earning).Texts().Should().Equal(
            paid.Where(static p => p.StartsWith("p-mail", StringComparison.Ordinal)), "there is as much room again");
    }

    // The newer version waits alone, for all of 12.00; a touch before it becomes known later, and then the proof. What
    // the first has set aside and needs no more is there for the other.
    [Theory]
    [InlineData(24, 12)]
    [InlineData(15, 12)]
    [InlineData(9, 9)]
    [InlineData(5, 5)]
    public void A_version_that_joins_later_has_room_of_its_own(int max, int paid)
    {
        Budget month = new(new("b"), Money.Of(max, Currency.Eur), PeriodUnit.Month)
        {
            OnExceeded = LimitOverflow.PayRemainder,
            AtCap = CapBehavior.StopAndReject,
        };
        CampaignDraft draft = Versions(
            Limit.Spend(Money.Of(max, Currency.Eur), PeriodUnit.Month).Or(LimitOverflow.PayRemainder),
            static d => d);
        JourneyTouch late = Both[0] with { RecordedAt = At("2026-03-10T18:00:00Z") };
        CampaignRun run = Run(draft.BudgetedBy(month), late, Both[1]);
        run.Process(Of(Sale("o1", "2026-03-10T12:00:00Z", 100.Eur)));
        run.Process(Proof("o1", "2026-03-11T12:00:00Z"));

        run.Entries.Sum(static e => e.Amount.Amount).Should().Be(paid);
        run.State.BudgetOf(run.State.Campaign.Budgets[0], At("2026-03-10T12:00:00Z")).Committed
            .Should().Be(Money.Of(paid, Currency.Eur));
    }

    private static CampaignDraft Versions(Limit? limit = null, Func<ClauseDraft, ClauseDraft>? later = null)
    {
        ContractDraft first = Contract(
            Pay.RevenueShare(12.Percent),
            static c => c.TrustingHost("order-paid", within: Duration.FromDays(14))).EffectiveFrom(new(2026, 1, 1));
        first = limit is null ? first : first.LimitedTo(limit);
        ContractDraft second = first.Amend(
            new(2026, 3, 1),
            d => d with { Clauses = [(later ?? Unproven)(d.Clauses[0])] });
        return first.ToCampaign().With(second.Grandfathered(Grandfathering.Touch)).AttributedBy(new Linear());
    }

    private static ClauseDraft Unproven(ClauseDraft clause) => clause with { Proof = new NoProof() };

    private static CampaignRun Sold(CampaignDraft campaign)
    {
        CampaignRun run = Run(campaign, Both);
        run.Process(Of(Sale("o1", "2026-03-10T12:00:00Z", 100.Eur)));
        return run;
    }

    private static CampaignInput.OfEvidence Says(string id, string at, EvidenceFinding finding) => new(
        new("o1"), EvidenceVerdict.Asserted("order-paid", new EvidenceId(id), At(at)) with { Finding = finding });
}
