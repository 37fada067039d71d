using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;
using PerfMarketing.Tallies;
using static PerfMarketing.Tests.Settlement.AmendmentSample;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>What holds of every amendment: by batch or live, again, and in sum.</summary>
public sealed class AmendmentLawTests
{
    // Decided again with the statement of the first month.
    [Fact]
    public void A_run_with_closed_statements_gives_the_same()
    {
        CampaignDraft campaign = Amended(Pay.RevenueShare(8.Percent), Pay.RevenueShare(10.Percent));
        CampaignInput[] log = [.. TwoSales, Of(Sale("o3", "2026-03-21T12:00:00Z", 100.Eur))];
        Instant may = At("2026-05-01T00:00:00Z");
        CampaignRun first = Settle(campaign, log);

        CampaignRun again = new(campaign.Build(), new Touches());
        again.Restore(first.Statements(At("2026-04-01T00:00:00Z")), At("2026-04-01T00:00:00Z"));
        Feed(again, log);

        again.Entries.Should().Equal(first.Entries);
        again.Statements(may).Should().Equal(first.Statements(may));
    }

    [Fact]
    public void An_acceptance_that_became_known_too_late_is_applied_when_the_closed_month_ends()
    {
        CampaignDraft campaign = Amended(Pay.RevenueShare(8.Percent), Pay.RevenueShare(10.Percent));
        CampaignDraft before = campaign with
        {
            Lifecycles = [campaign.Lifecycles[0] with { Events = [.. campaign.Lifecycles[0].Events.Take(2)] }],
        };
        CampaignInput[] log = [.. TwoSales, Of(Sale("o3", "2026-03-21T12:00:00Z", 100.Eur))];
        ValueList<Statement> march = Settle(before, log).Statements(At("2026-04-01T00:00:00Z"));

        CampaignRun run = new(campaign.Build(), new Touches());
        run.Restore(march, At("2026-04-01T00:00:00Z"));
        Feed(run, log);

        run.Entries.Texts().Should().Equal(
            "p-blog 8.00 EUR", "p-blog 16.00 EUR", "p-blog 8.00 EUR",
            "p-blog 2.00 EUR", "p-blog 4.00 EUR", "p-blog 2.00 EUR");
        run.Entries.OfType<Amendment>().Select(static a => a.DecidedAt).Distinct()
            .Should().Equal(At("2026-03-31T22:00:00Z"));
        run.Statements(At("2026-04-02T00:00:00Z"))[0].Should().Be(march[0], "a closed statement stands");
    }

    [Fact]
    public void Live_calls_post_what_the_batch_posts()
    {
        CampaignDraft draft = Amended(Pay.RevenueShare(8.Percent), Pay.RevenueShare(10.Percent));
        CampaignRun batch = Settle(draft, [.. TwoSales, Of(Sale("o3", "2026-03-22T12:00:00Z", 100.Eur))]);

        // Until the acceptance the host's campaign knows nothing of it.
        CampaignDraft before = draft with
        {
            Contracts = [draft.Contracts[0]],
            Lifecycles = [draft.Lifecycles[0] with { Events = [.. draft.Lifecycles[0].Events.Take(2)] }],
        };
        List<CampaignRecord> stored = [];
        Campaign early = before.Build();
        foreach (CampaignInput.OfOutcome input in TwoSales.Cast<CampaignInput.OfOutcome>())
        {
            stored.AddRange(new CampaignDecider(early).Receive(
                Fold(early, stored), input.Outcome, [], new(new[] { Blog }), input.RecordedAt).Records);
        }

        Campaign late = draft.Build();
        stored.AddRange(new CampaignDecider(late)
            .Amend(Fold(late, stored), new("acme-2026"), new Touches(), At(Accepted))
            .SelectMany(static d => d.Records));
        stored.AddRange(new CampaignDecider(late).Receive(
            Fold(late, stored), Sale("o3", "2026-03-22T12:00:00Z", 100.Eur), [], new(new[] { Blog }),
            At("2026-03-22T12:00:00Z")).Records);

        stored.OfType<LedgerEntry>().Should().Equal(batch.Entries);
    }

    [Fact]
    public void An_amendment_is_read_back_as_it_was_written()
    {
        CampaignRun run = Settle(Amended(Pay.RevenueShare(8.Percent), Pay.RevenueShare(10.Percent)), TwoSales);
        Amendment entry = run.Entries.OfType<Amendment>().First();
        TermFailures failures = new();

        TermReader.Read(TermNode.Of(entry), failures, CampaignRecord.Read).Should().Be(entry);
        failures.IsEmpty.Should().BeTrue();
    }

    // What stands after an amendment is what would stand had the new terms been there from the beginning.
    [Fact]
    public void Sums_are_those_of_the_new_terms_whatever_was_before()
    {
        for (int seed = 1; seed <= 120; seed++)
        {
            Dice random = new(seed);
            (PayoutModel before, PayoutModel after) = (AnyModel(random), AnyModel(random));
            bool perPeriod = random.Next(2) == 0;
            CorrectionPolicy policy = (CorrectionPolicy)random.Next(3);
            TallyTerms tally = new() { Corrections = (TallyCorrections)(perPeriod ? random.Next(2) : 0) };
            ClauseDraft Terms(ClauseDraft clause) => clause.Correcting(policy)
                .Rounded(RoundingMode.HalfAwayFromZero, perPeriod ? RoundAt.Period : RoundAt.Outcome) with
            {
                Tally = tally,
            };
            if (!Amended(before, after, Terms).Validate().IsValid)
            {
                tally = TallyTerms.Default;
            }

            CampaignInput[] log = AnyLog(random);

            CampaignRun amended = Settle(Amended(before, after, Terms), log);
            CampaignRun always = Settle(Amended(after, after, Terms), log);

            Total(amended).Should().Be(Total(always), $"seed {seed}: {before} to {after}");
            amended.State.Outcomes.SelectMany(static o => o.Earnings)
                .Aggregate(0.Eur, static (sum, e) => sum + e.Net + e.Repriced)
                .Should().Be(Total(amended), $"seed {seed}: the state says what the ledger says");
        }
    }

    private static PayoutModel AnyModel(Dice random) => random.Next(5) switch
    {
        0 => Pay.Fixed(Money.FromMinor(random.Next(1, 400), Currency.Eur)),
        1 => Pay.RevenueShare(random.Next(1, 20).Percent),
        2 => Pay.Tiered(
            new(Money.FromMinor(random.Next(1, 400), Currency.Eur), UpTo: random.Next(1, 6)),
            new(Money.FromMinor(random.Next(1, 400), Currency.Eur))),
        3 => Pay.Volume(new(random.Next(1, 10).Percent, UpTo: random.Next(2, 6)), new(random.Next(1, 20).Percent)),
        _ => Pay.RevenueShare(random.Next(1, 20).Percent)
            .CappedAt(Money.FromMinor(random.Next(100, 900), Currency.Eur)),
    };

    private static CampaignInput[] AnyLog(Dice random)
    {
        List<CampaignInput> log = [];
        for (int day = 2; day < 29; day++)
        {
            string at = $"2026-03-{day:00}T{random.Next(10, 20)}:00:00Z";
            log.Add(day > 4 && random.Next(3) == 0
                ? Of(Returned(
                    $"r{day}", $"o{random.Next(2, 5)}", at, Money.FromMinor(random.Next(1, 900), Currency.Eur)))
                : Of(Sale($"o{day}", at, Money.FromMinor(random.Next(1, 9_999), Currency.Eur))));
        }

        return [.. log];
    }

    /// <summary>Numbers that follow from a seed.</summary>
    private sealed class Dice(int seed)
    {
        private ulong state = (ulong)seed;

        public int Next(int end) => Next(0, end);

        public int Next(int begin, int end)
        {
            state = unchecked((state * 6364136223846793005) + 1442695040888963407);
            return begin + (int)((state >> 33) % (ulong)(end - begin));
        }
    }
}
