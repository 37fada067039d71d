using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Integrity;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Payouts.Models;
using PerfMarketing.Serialization;
using PerfMarketing.Settlement;
using PerfMarketing.Settlement.Invalidations;
using PerfMarketing.Tallies;
using static PerfMarketing.Tests.Settlement.AmendmentSample;
using static PerfMarketing.Tests.Settlement.Invalidations.InvalidationSample;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement.Invalidations;

/// <summary>Invalid results of tallies that are evaluated again: they leave the tally, like what comes back.</summary>
[SuppressMessage("Security", "CA5394", Justification = "The log must come out the same each time.")]
public sealed class EvaluatedAgainTests
{
    private const string Evening = "2026-03-31T20:00:00Z";

    private static readonly PayoutModel Falling = Pay.Volume(new(10.Percent, UpTo: 2), new(1.Percent));

    private static readonly PayoutModel Rising = Pay.Volume(new(5.Percent, UpTo: 4), new(8.Percent));

    // Four sales at 5 %, 8 % on all from the fourth: three are worth 15.00.
    [Fact]
    public void A_tier_that_invalid_results_reached_is_not_reached()
    {
        CampaignRun run = Begin(Rising, 4);
        Total(run).Should().Be(32.Eur);

        InvalidationDecision decision = run.Invalidate(InvalidOn("i1", day: 3), At(Evening));

        decision.Decisions.SelectMany(static d => d.Posted).Select(static e => $"{e.Tag} {e.Amount}").Should().Equal(
            "adjustment -5.00 EUR", "repricing -12.00 EUR");
        decision.Taken.Should().Be(5.Eur);
        Total(run).Should().Be(15.Eur);
    }

    // One sale earns 10 %, two earn 1 % each: invalid before or after the second, the first leaves that one alone.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_price_that_falls_with_the_volume_falls_for_what_is_valid(int known)
    {
        CampaignRun run = Begin(Falling, known);
        run.Invalidate(InvalidOn("i1", day: 3), At(known == 1 ? "2026-03-03T20:00:00Z" : Evening));
        foreach (int later in Enumerable.Range(known + 1, 2 - known))
        {
            run.Process(SaleOn(later));
        }

        Total(run).Should().Be(10.Eur, "the second sale is the only one");
        run.Invalidate(Marches("all") with { Part = 100.Percent }, At(Evening));
        Total(run).Should().Be(0.Eur);
    }

    // A half of 100.00 at 5 % is invalid. When a half comes back, a half of the other half is left in the tally.
    [Fact]
    public void What_is_invalid_stays_out_of_the_tally_beside_corrections()
    {
        CampaignRun run = Begin(Rising, 4);
        run.Invalidate(InvalidOn("i1", day: 3) with { Part = 50.Percent }, At(Evening));
        Total(run).Should().Be(17.5m.Eur, "three sales and a half are at 5 %");

        run.Process(Of(Returned("c1", "o1", "2026-03-31T21:00:00Z", 50.Eur)));
        Total(run).Should().Be(16.25m.Eur);
        run.Process(Of(Retracted("c2", "o1", "2026-03-31T22:00:00Z")));
        Total(run).Should().Be(15.Eur);
        run.Process(Of(Retracted("c3", "o2", "2026-03-31T23:00:00Z")));
        Total(run).Should().Be(10.Eur);
    }

    // Nothing for two sales, 5 % of all from the third on: the first has no amount, but without it there are two.
    [Theory]
    [InlineData("part")]
    [InlineData("quantity")]
    public void What_earned_nothing_leaves_the_tally_too(string extent)
    {
        CampaignRun run = Begin(Pay.Volume(new(0.Percent, UpTo: 3), new(5.Percent)), 3);
        Total(run).Should().Be(15.Eur);

        InvalidationDecision decision = run.Invalidate(
            extent == "part" ? InvalidOn("i1", day: 3)
                : InvalidOn("i1", day: 3) with { Part = null, Quantity = 1 },
            At(Evening));

        decision.Entries.Select(static e => $"{e.OutcomeId} {e.Amount} {e.Invalidated!.Part}").Should().Equal(
            "o1 0.00 EUR 1");
        Total(run).Should().Be(0.Eur);
        TermJson.Parse(TermJson.Write(decision.Entries[0]), CampaignRecord.Read).Should().Be(decision.Entries[0]);
        run.Process(Of(Returned("c1", "o1", "2026-03-31T21:00:00Z", 50.Eur)));
        Total(run).Should().Be(0.Eur, "what is invalid stays out of the tally");
        run.Invalidate(InvalidOn("i2", day: 3), At("2026-03-31T22:00:00Z")).Reason!.Code.Should().Be(
            InvalidationReasons.Nothing);
    }

    // A cent of 250 billion is no part of a line that 12 decimals can say: what earned nothing stays in the tally.
    [Fact]
    public void What_is_too_small_to_be_a_part_takes_nothing_of_what_earned_nothing()
    {
        CampaignRun run = Begin(Pay.Volume(new(5.Percent, UpTo: 4), new(8.Percent)), 0);
        run.Process(Of(Sale("o1", "2026-03-03T12:00:00Z", 0.Eur)));
        run.Process(Of(Sale("o2", "2026-03-03T13:00:00Z", 5_000_000_000_000m.Eur)));

        InvalidationDecision decision = run.Invalidate(
            InvalidOn("i1", day: 3) with { Part = null, Amount = 0.01m.Eur }, At(Evening));

        decision.Entries.Select(static e => $"{e.OutcomeId} {e.Amount} {e.Invalidated!.Part}").Should().Equal(
            "o2 -0.01 EUR ");
        TermJson.Parse(TermJson.Write(decision.Entries[0]), CampaignRecord.Read).Should().Be(decision.Entries[0]);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1.1")]
    [InlineData("-0.5")]
    public void Part_that_is_none_is_a_failure(string part)
    {
        InvalidatedShare share = new(new("i1"), TermDigest.Of(InvalidOn("i1", day: 3)), 0.Eur) { Part = 0.5m };
        string json = TermJson.Write(share);

        TermJson.Parse(json, InvalidatedShare.Read).Should().Be(share);
        FluentActions
            .Invoking(() => TermJson.Parse(json.Replace("0.5", part, StringComparison.Ordinal), InvalidatedShare.Read))
            .Should().Throw<JsonException>().WithMessage("*$.part*");
    }

    // Approved at 25.00 instead of 5.00: half of that is invalid, and half of what was decided by hand.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_decided_by_hand_is_invalid_by_the_same_part(bool isApprovedFirst)
    {
        CampaignRun run = Begin(Rising, 3);
        CampaignInput approval = Of(new Approval
        {
            Id = new("a1"),
            Outcome = new("o1"),
            At = At("2026-03-31T19:00:00Z"),
            Amount = 25.Eur,
            Contract = new("acme-2026"),
        });
        if (isApprovedFirst)
        {
            run.Process(approval);
        }

        run.Invalidate(InvalidOn("i1", day: 3) with { Part = 50.Percent }, At("2026-03-31T19:00:00Z"));
        if (!isApprovedFirst)
        {
            run.Process(approval);
        }

        EarningState line = run.State.Find(new("o1"))!.Earnings[0];
        (line.Net, line.Invalid, line.ByHand).Should().Be((12.5m.Eur, 12.5m.Eur, 10.Eur));
        Total(run).Should().Be(22.5m.Eur);
        run.Process(SaleOn(4));
        Total(run).Should().Be(27.5m.Eur, "three sales and a half are at 5 %");
        run.Process(Of(Retracted("c1", "o2", Evening)));
        Total(run).Should().Be(22.5m.Eur);
    }

    // Whatever is invalid is paid nothing for, also when the sale is worth more later.
    [Theory]
    [InlineData(TallyCorrections.Reevaluated)]
    [InlineData(TallyCorrections.Frozen)]
    public void What_is_invalid_is_worth_nothing_whatever_the_sale_is_worth_later(TallyCorrections corrections)
    {
        CampaignRun run = Run(
            Contract(
                Pay.RevenueShare(5.Percent),
                k => k with { Tally = k.Tally with { Corrections = corrections } }).ToCampaign(),
            Blog);
        run.Process(SaleOn(1));
        run.Process(SaleOn(2));
        run.Invalidate(InvalidOn("i1", day: 3), At(Evening));
        run.Invalidate(InvalidOn("i2", day: 4) with { Part = 50.Percent }, At(Evening));
        Total(run).Should().Be(2.5m.Eur);

        foreach (int i in (int[])[1, 2])
        {
            run.Process(Of(new Restatement
            {
                Id = new($"r{i}"),
                Outcome = new($"o{i}"),
                At = At("2026-03-31T21:00:00Z"),
                Value = 200.Eur,
            }));
        }

        Total(run).Should().Be(5.Eur, "half of the second is valid, and nothing of the first");
        run.State.Find(new("o2"))!.Earnings[0].Invalid.Should().Be(5.Eur);
    }

    [Fact]
    public void In_any_order_the_period_is_worth_what_its_valid_results_are_worth()
    {
        int repriced = 0;
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            ContractDraft draft = Any(random);
            int count = random.Next(2, 10);
            Outcome[] sales = [.. Enumerable.Range(1, count).Select(i => AnySale(i, random))];
            bool[] isInvalid = [.. sales.Select(_ => random.Next(3) == 0)];
            bool[] isGone = [.. sales.Select((_, i) => !isInvalid[i] && random.Next(5) == 0)];
            CampaignRun expected = Run(draft.ToCampaign(), Blog);
            foreach (int i in Enumerable.Range(0, count).Where(i => !isInvalid[i] && !isGone[i]))
            {
                expected.Process(Of(sales[i]));
            }

            CampaignRun run = Run(draft.ToCampaign(), Blog);
            foreach ((int i, bool isSale) in Shuffled(random, count))
            {
                if (isSale)
                {
                    run.Process(Of(sales[i]));
                }
                else if (isInvalid[i])
                {
                    run.Invalidate(InvalidOn($"i{i}", i + 3), At(Evening));
                }
                else if (isGone[i])
                {
                    run.Process(Of(Retracted($"c{i}", $"o{i + 1}", Evening)));
                }
            }

            Total(run).Should().Be(Total(expected), $"seed {seed}");
            repriced += run.Entries.OfType<Repricing>().Any(static r => r.Amount.MinorUnits != 0) ? 1 : 0;
        }

        repriced.Should().BeGreaterThan(50);
    }

    [Fact]
    public void Whatever_is_invalid_in_part_nobody_owes_for_what_stands()
    {
        for (int seed = 0; seed < 150; seed++)
        {
            Random random = new(seed);
            CampaignRun run = Run(Any(random).ToCampaign(), Blog);
            for (int i = 1; i < 14; i++)
            {
                run.Process(Of(AnySale(i, random)));
                if (random.Next(2) == 0)
                {
                    run.Invalidate(
                        InvalidOn($"i{i}", random.Next(3, i + 3)) with { Part = random.Next(1, 101).Percent },
                        At(Evening));
                }

                if (random.Next(4) == 0)
                {
                    string id = $"o{random.Next(1, i + 1)}";
                    run.Process(Of(Returned($"c{i}", id, Evening, Money.FromMinor(random.Next(1, 900), Currency.Eur))));
                }

                Total(run).Should().BeGreaterThanOrEqualTo(0.Eur, $"seed {seed}, {i}");
            }

            run.Invalidate(Marches("all") with { Part = 100.Percent }, At(Evening));
            Total(run).Should().Be(0.Eur, $"seed {seed}");
        }
    }

    private static CampaignRun Begin(PayoutModel model, int sales)
    {
        CampaignRun run = Run(Reevaluated(model).ToCampaign(), Blog);
        foreach (int i in Enumerable.Range(1, sales))
        {
            run.Process(SaleOn(i));
        }

        return run;
    }

    private static ContractDraft Reevaluated(PayoutModel model, RoundAt rounding = RoundAt.Outcome) =>
        Contract(model, k => k with
        {
            Tally = k.Tally with { Corrections = TallyCorrections.Reevaluated },
            Rounding = k.Rounding with { At = rounding },
        });

    private static ContractDraft Any(Random random)
    {
        Tier[] tiers =
        [
            new(AnyRate(random, 0), UpTo: random.Next(1, 4)),
            new(AnyRate(random, 0), UpTo: random.Next(4, 8)),
            new(AnyRate(random, 0)),
        ];
        return random.Next(3) switch
        {
            0 => Reevaluated(Pay.Volume(tiers)),
            1 => Reevaluated(new Tiered([.. tiers.Select(static t => t with { UpTo = t.UpTo * 50 })])
            {
                Mode = TierMode.Volume,
                Of = Measure.Value,
            }),
            _ => Reevaluated(Pay.RevenueShare(AnyRate(random, 1)), RoundAt.Period),
        };
    }

    private static Percentage AnyRate(Random random, int least) =>
        Percentage.FromFraction(random.Next(least, 2_000) / 10_000m);

    // Each sale before what becomes of it.
    private static List<(int Sale, bool IsSale)> Shuffled(Random random, int count)
    {
        List<(int Sale, bool IsSale)> steps = [.. Enumerable.Range(0, count).Select(static i => (i, true))];
        for (int i = 0; i < count; i++)
        {
            steps.Insert(random.Next(steps.IndexOf((i, true)) + 1, steps.Count + 1), (i, false));
        }

        return steps;
    }

    private static CampaignInput SaleOn(int i) => Of(Sale($"o{i}", $"2026-03-{i + 2:00}T12:00:00Z", 100.Eur));

    private static Outcome AnySale(int i, Random random) => Sale(
        $"o{i}", $"2026-03-{i + 2:00}T12:00:00Z", Money.FromMinor(random.Next(1, 9_999), Currency.Eur));
}
