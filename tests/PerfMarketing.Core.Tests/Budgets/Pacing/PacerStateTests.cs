using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Budgets.Pacing;

namespace PerfMarketing.Tests.Budgets.Pacing;

/// <summary>What a pacer learned is stored, and goes on.</summary>
public sealed class PacerStateTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(50).WithReplay(20_260_307, 1);

    [Fact]
    public void A_pacer_that_was_stored_decides_as_the_one_that_went_on() => Prop.ForAll(
        Gen.Choose(1, 1_439).ToArbitrary(),
        minute =>
        {
            static double? Worth(int i) => 0.2 + (i * 31 % 97 / 20d);
            const int Count = 2_880;
            Pacer whole = Paces.Of(new(), 900, expectedCost: Count);
            List<PaceDecision> expected = Paces.Replay(whole, Count, Worth);

            Pacer first = Paces.Of(new(), 900, expectedCost: Count);
            List<PaceDecision> decisions = Paces.Replay(first, Count, Worth, 0, minute * 2);
            PacerState state = first.Save();
            TrafficForecast forecast = TrafficForecast.Even(Paces.Day, Count);
            Pacer second = new(new(), forecast, new(900, first.Counter.Used), Stored(state));
            decisions.AddRange(Paces.Replay(second, Count, Worth, minute * 2));
            return decisions.Select(static d => d.Reason).SequenceEqual(expected.Select(static d => d.Reason));
        }).Check(Seeded);

    [Theory]
    [InlineData(PacingMode.Forecast)]
    [InlineData(PacingMode.Feedback)]
    [InlineData(PacingMode.Dual)]
    public void A_pacer_that_is_restored_within_a_minute_plans_as_it_had(PacingMode mode)
    {
        PacingTerms terms = new() { Mode = mode };
        TrafficForecast forecast = TrafficForecast.Even(Paces.Day, 10_000);
        Pacer first = new(terms, forecast, new(3_000));
        Paces.Replay(first, 10_000, static i => 0.5 + (i * 7 % 10), 0, 3_000);

        Pacer second = new(terms, forecast, new(3_000, first.Counter.Used), Stored(first.Save()));
        second.Decide(new(0), Paces.Start + (Duration.FromDays(1) * 2_999 / 10_000));

        (second.Plan.PassRate, second.Plan.Threshold, second.Plan.Level, second.Plan.Ceiling).Should().Be(
            (first.Plan.PassRate, first.Plan.Threshold, first.Plan.Level, first.Plan.Ceiling));
    }

    [Fact]
    public void What_was_learned_long_ago_has_faded()
    {
        PacerState old = new()
        {
            Window = "earlier", PlannedAt = Paces.Start - Duration.FromDays(60),
            Seen = 1_000, Expected = 100, Cost = 1_000, Requests = 1_000,
        };
        Pacer pacer = new(new(), TrafficForecast.Even(Paces.Day, 10_000), new(3_000), old);
        pacer.Decide(new(1), Paces.Start);
        pacer.Plan.Level.Should().BeApproximately(1, 1e-6);
    }

    private static PacerState Stored(PacerState state) => PacingTermsTests.Again(state, PacerState.Read);
}
