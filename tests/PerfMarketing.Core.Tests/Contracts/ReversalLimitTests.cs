using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Payouts;
using PerfMarketing.Serialization;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Contracts;

public sealed class ReversalLimitTests
{
    private static readonly ReversalLimit Leads = new(10.Percent, ReversalBase.Count);

    private static readonly ReversalLimit Amounts =
        new(12.5m.Percent, ReversalBase.Amount) { Exempt = [CorrectionReason.Fraud] };

    // EnergySage: credits capped at 10 % of the month's delivered leads, rounded up
    // (reference/partner-platforms.md 3.4).
    [Theory]
    [InlineData("rounded up", "up", 25, 0, 3, 3, 0, 3)]
    [InlineData("up of a whole is the whole", "up", 30, 0, 4, 3, 1, 3)]
    [InlineData("rounded down by default", "down", 25, 0, 3, 2, 1, 2)]
    [InlineData("nearest, half up", "nearest", 25, 0, 3, 3, 0, 3)]
    [InlineData("nearest, below half", "nearest", 24, 0, 3, 2, 1, 2)]
    [InlineData("what was reversed before counts", "up", 25, 2, 3, 1, 2, 3)]
    [InlineData("nothing is left", "up", 25, 3, 1, 0, 1, 3)]
    [InlineData("more was reversed than is allowed", "down", 25, 9, 1, 0, 1, 2)]
    [InlineData("nothing was delivered", "up", 0, 0, 1, 0, 1, 0)]
    [InlineData("one lead, up", "up", 1, 0, 1, 1, 0, 1)]
    [InlineData("one lead, down", "down", 1, 0, 1, 0, 1, 0)]
    [InlineData("nothing is asked for", "down", 25, 0, 0, 0, 0, 2)]
    public void Counts_are_limited(
        string why, string rounding, long delivered, long reversed, long asked, long allowed, long refused, long limit)
    {
        ReversalLimit term = Leads with { Rounding = Enum.Parse<ReversalRounding>(rounding, ignoreCase: true) };

        ReversalDecision<long> decision = term.Judge(delivered, reversed, asked);

        (decision with { Reason = null })
            .Should().Be(new ReversalDecision<long>(limit, reversed, allowed, refused), why);
        decision.IsRefused.Should().Be(refused > 0, why);
    }

    [Fact]
    public void Amounts_are_limited_to_the_minor_unit()
    {
        ReversalDecision<Money> decision = Amounts.Judge(99.99m.Eur, 10.Eur, 5.Eur);

        decision.Limit.Should().Be(12.49m.Eur, "12.5 % of 99.99 is 12.49875");
        decision.Allowed.Should().Be(2.49m.Eur);
        decision.Refused.Should().Be(2.51m.Eur);
        decision.Reason!.ToString().Should().Be(
            "reversal.over-limit (max: 12.5%, delivered: 99.99 EUR, limit: 12.49 EUR, reversed: 10.00 EUR, "
            + "requested: 5.00 EUR)");
    }

    [Fact]
    public void Hundred_percent_stops_nothing_that_was_earned() =>
        new ReversalLimit(100.Percent, ReversalBase.Amount).Judge(80.Eur, 30.Eur, 50.Eur).Refused.Should().Be(0.Eur);

    [Fact]
    public void Reversals_are_judged_in_their_order_and_refusals_are_listed()
    {
        ReversalRequest<Money>[] requests =
        [
            new(new("k1"), 10.Eur), new(new("k2"), 60.Eur, CorrectionReason.Fraud), new(new("k3"), 5.Eur, "returned"),
            new(new("k4"), 1.Eur),
        ];

        IEnumerable<JudgedReversal<Money>> judged = Amounts.JudgeAll(100.Eur, requests);

        judged.Select(j => $"{j.Request.Correction} {j.Decision.Allowed} {j.Decision.Reason?.Code}").Should().Equal(
            "k1 10.00 EUR ",
            "k2 60.00 EUR reversal.exempt",
            "k3 2.50 EUR reversal.over-limit",
            "k4 0.00 EUR reversal.over-limit");
        judged.Where(j => j.Decision.IsRefused).Select(j => $"{j.Request.Correction} {j.Decision.Refused}")
            .Should().Equal("k3 2.50 EUR", "k4 1.00 EUR");
    }

    [Fact]
    public void Leads_are_judged_in_their_order() =>
        (Leads with { Rounding = ReversalRounding.Up })
            .JudgeAll(21, [new(new("k1"), 2), new(new("k2"), 2), new(new("k3"), 1)])
            .Select(j => j.Decision.Allowed).Should().Equal(2, 1, 0);

    [Fact]
    public void Never_more_is_reversed_than_the_limit_and_everything_asked_is_answered() =>
        Prop.ForAll(
            Gen.Choose(0, 100).ToArbitrary(),
            Gen.Choose(0, 500).ToArbitrary(),
            Gen.Choose(1, 40).ListOf().ToArbitrary(),
            static (percent, delivered, asked) =>
            {
                ReversalLimit term = new(((decimal)percent).Percent, ReversalBase.Count);
                var judged = term.JudgeAll(
                    delivered, asked.Select((n, i) => new ReversalRequest<long>(new($"k{i}"), n)));
                return judged.Sum(j => j.Decision.Allowed) == Math.Min(delivered * percent / 100, asked.Sum())
                    && judged.All(j => j.Decision.Allowed + j.Decision.Refused == j.Request.Requested);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cohort_is_of_what_occurred_or_of_what_was_decided()
    {
        ContractCalendar berlin = ContractCalendar.In("Europe/Berlin");
        Instant occurred = Instant.FromUtc(2026, 1, 31, 23, 30);
        Instant decided = Instant.FromUtc(2026, 3, 1, 12, 0);

        Leads.CohortOf(occurred, decided, berlin).Key.Should().Be("2026-02", "it is February in Berlin");
        (Leads with { Cohort = ReversalCohort.Decided }).CohortOf(occurred, decided, berlin).Key.Should().Be("2026-03");
    }

    [Fact]
    public void Limit_counts_one_thing_only()
    {
        FluentActions.Invoking(() => Leads.Judge(1.Eur, 0.Eur, 1.Eur)).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => Amounts.Judge(1, 0, 1)).Should().Throw<InvalidOperationException>();
        FluentActions.Invoking(() => Amounts.Judge(1.Eur, 0.Eur, 1m.Usd)).Should().Throw<CurrencyMismatchException>();
        FluentActions.Invoking(() => Leads.Judge(1, 0, -1)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Limit_survives_json_and_is_checked()
    {
        ContractDraft draft = ContractDraft.For("c").PaidBy("acme").WithPartner("p1").In(Currency.Eur, "Europe/Berlin")
            .Pays("lead", Pay.Fixed(10.Eur)) with
        {
            ReversalLimit = Amounts with
            {
                Cohort = ReversalCohort.Decided,
                Per = PeriodUnit.Quarter,
                Rounding = ReversalRounding.Up,
            },
        };

        CampaignJson.ParseContract(TermJson.Write(draft)).Should().Be(draft);
        draft.Build().ReversalLimit.Should().Be(draft.ReversalLimit);
        (draft with
        {
            ReversalLimit = new(101.Percent, (ReversalBase)7)
            {
                Cohort = (ReversalCohort)7,
                Rounding = (ReversalRounding)7,
                Per = PeriodUnit.Rolling,
                Exempt = ["fraud", "fraud"],
            },
        }).Validate().Errors.Select(f => $"{f.PropertyName} {f.ErrorCode}").Should().BeEquivalentTo(
            "ReversalLimit.Max reversal.max",
            "ReversalLimit.Of reversal.choice",
            "ReversalLimit.Cohort reversal.choice",
            "ReversalLimit.Rounding reversal.choice",
            "ReversalLimit.Per reversal.period",
            "ReversalLimit.Exempt reversal.exempt-reasons");
    }
}
