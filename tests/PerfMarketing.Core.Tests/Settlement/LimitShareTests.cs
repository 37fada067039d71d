using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using PerfMarketing.Time;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Limits of a count whose outcomes come in shares that no decimal holds.</summary>
public sealed class LimitShareTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(100).WithReplay(20_261_127, 7);

    // Thirds, sevenths and others of whole outcomes come one after the other, each for its own partner.
    [Theory]
    [InlineData(3, 1)]
    [InlineData(3, 2)]
    [InlineData(7, 3)]
    [InlineData(11, 5)]
    [InlineData(13, 6)]
    [InlineData(17, 9)]
    public void Limit_of_some_outcomes_is_full_after_all_their_shares(int parts, int count)
    {
        CampaignRun run = RunOf(parts, count, LimitOverflow.Reject);
        Sell(run, parts, Enumerable.Range(0, parts * count));

        Of(run).Should().HaveCount(parts * count);
        StateOf(run).Used.Should().Be(count);
        Sell(run, parts, [parts * count]);
        Of(run).Should().HaveCount(parts * count, "the room is full");
        run.State.Find(new($"o{parts * count}"))!.Decision!.Legs[0].Qualification.Should()
            .BeOfType<Qualification.Rejected>().Which.Reasons.Single().ToString().Should().Be(
                $"limit.reached (limit: count-contract-month, period: 2026-03, max: {count}, taken: {count})");
    }

    // Two thirds are rounded up: three of them are no more than two outcomes.
    [Fact]
    public void Shares_that_are_rounded_up_are_not_refused()
    {
        Limit limit = Limit.Outcomes(2, PeriodUnit.Month);
        CampaignRun run = RunOf(3, limit);
        foreach (int i in new[] { 0, 1, 2 })
        {
            // Two of three partners of each outcome are under the contract.
            run.Process(Sample.Of(Sale($"o{i}", "2026-03-10T12:00:00Z", 10.Eur)));
        }

        StateOf(run).Used.Should().Be(2);
        Of(run).Should().HaveCount(6);
    }

    [Theory]
    [InlineData(LimitOverflow.Reject)]
    [InlineData(LimitOverflow.Hold)]
    [InlineData(LimitOverflow.PayZero)]
    public void Whatever_comes_and_goes_exact_counting_decides(LimitOverflow overflow) => Prop.ForAll(
        (from parts in Gen.Elements(3, 7, 11, 13, 17)
         from count in Gen.Choose(1, 3)
         from steps in Gen.Choose(0, 9).ListOf(60)
         select (parts, count, steps)).ToArbitrary(),
        c =>
        {
            CampaignRun run = RunOf(c.parts, c.count, overflow);
            int next = 0;
            List<int> paid = [];
            Queue<int> waiting = [];
            foreach (int step in c.steps)
            {
                if (step == 0 && paid.Count > 0)
                {
                    run.Process(Sample.Of(Retracted($"r{next}-{paid[0]}", $"o{paid[0]}", At(next).ToString())));
                    paid.RemoveAt(0);
                    while (paid.Count < c.parts * c.count && waiting.TryDequeue(out int first))
                    {
                        paid.Add(first);
                    }
                }
                else
                {
                    Sell(run, c.parts, [next]);
                    if (paid.Count < c.parts * c.count)
                    {
                        paid.Add(next);
                    }
                    else if (overflow == LimitOverflow.Hold)
                    {
                        waiting.Enqueue(next);
                    }

                    next++;
                }

                run.State.Outcomes.Where(static o => o.Earnings.Any(IsPaid))
                    .Select(static o => o.Id.Value).Should().BeEquivalentTo(paid.Select(static i => $"o{i}"));
                (StateOf(run).Used * c.parts).Should().BeApproximately(paid.Count, 0.0001m);
            }
        }).Check(Seeded);

    private static Instant At(int i) => Sample.At("2026-03-02T00:00:00Z") + Duration.FromMinutes(i);

    private static bool IsPaid(EarningState earned) =>
        earned.Earning.Contract.Value == "acme-2026" && earned.Net.MinorUnits > 0;

    private static LedgerEntry[] Of(CampaignRun run) =>
        [.. run.Entries.Where(static e => e.Contract.Value == "acme-2026")];

    private static LimitState StateOf(CampaignRun run) =>
        run.State.LimitOf(LimitSample.Room("count-contract-month", "2026-03"))!;

    // One outcome after the other, each of which a campaign of so many partners shares, and one of them is paid.
    private static void Sell(CampaignRun run, int parts, IEnumerable<int> outcomes)
    {
        foreach (int i in outcomes)
        {
            run.Process(Sample.Of(Sale($"o{i}", At(i).ToString(), (parts * 10m).Eur)));
        }
    }

    private static CampaignRun RunOf(int parts, int count, LimitOverflow overflow) =>
        RunOf(parts, Limit.Outcomes(count, PeriodUnit.Month).Or(overflow), 1);

    // The first partners are under the contract with the limit, the others under another one.
    private static CampaignRun RunOf(int parts, Limit limit, int named = 2)
    {
        string[] partners = [.. Enumerable.Range(0, parts).Select(static i => $"p-{i}")];
        ContractDraft Of(string id, IEnumerable<string> names, Limit? under) => names.Aggregate(
            ContractDraft.For(id).PaidBy("acme"), static (c, p) => c.WithPartner(p))
            .In(Currency.Eur, "Europe/Berlin")
            .Pays("sale", Pay.RevenueShare(10.Percent), c => under is null ? c : c.LimitedTo(under));

        return Run(
            Of("acme-2026", partners[..named], limit).ToCampaign()
                .With(Of("rest", partners[named..], null)).AttributedBy(new Linear()),
            [.. partners.Select(static (p, i) => Touch(p, $"2026-02-{i + 1:00}T09:00:00Z"))]);
    }
}
