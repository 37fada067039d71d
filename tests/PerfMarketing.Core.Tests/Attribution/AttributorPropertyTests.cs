using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Attribution;

public sealed class AttributorPropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(10_000).WithReplay(20_260_303, 1);

    private static readonly AttributionRule[] Rules =
    [
        new FirstTouch(),
        new LastTouch { Lookback = Duration.FromHours(30), CutAtConversion = true },
        new Linear { CutAtConversion = true },
        new ReferencedTouch(),
        new PositionBased { Lookback = Duration.FromHours(40) },
        new PositionBased(0.123456789m, 0.5m),
        new TimeDecay(Duration.FromHours(5)) { Lookback = Duration.FromHours(45) },
    ];

    [Fact]
    public void The_order_of_the_touches_makes_no_difference() =>
        Check(static (rule, touches, conversion) =>
        {
            AttributionDecision decision = Journeys.Assign(rule, touches, conversion);
            JourneyTouch[] turned = [.. touches.Reverse()];
            JourneyTouch[] shuffled = [.. touches.OrderBy(static t => (t.At.ToUnixTimeSeconds() * 7_919) % 101)];
            return decision == Journeys.Assign(rule, turned, conversion)
                && decision == Journeys.Assign(rule, shuffled, conversion);
        });

    [Fact]
    public void Credits_are_positive_and_sum_to_the_total() =>
        Check(static (rule, touches, conversion) =>
        {
            AttributionDecision decision = Journeys.Assign(rule, touches, conversion);
            return decision.Credits.All(c => c.Weight > 0 && c.Total == decision.Total)
                && decision.Credits.Sum(static c => c.Weight) == decision.Total
                && decision.Touches.Sum(static t => t.Weight) == decision.Total
                && decision.Credits.Select(static c => c.Partner).Distinct().Count() == decision.Credits.Count
                && decision.IsCredited == (decision.Reason is null);
        });

    [Fact]
    public void Each_touch_has_a_weight_or_a_reason() =>
        Check(static (rule, touches, conversion) =>
        {
            AttributionDecision decision = Journeys.Assign(rule, touches, conversion);
            return decision.Touches.Count == touches.Length
                && decision.Touches.All(static t => t.Weight > 0 == t.Reason is null);
        });

    [Fact]
    public void A_touch_after_the_conversion_or_recorded_too_late_changes_nothing() =>
        Check(static (rule, touches, conversion) =>
        {
            JourneyTouch after = Journeys.Touch("extra-1", "late", 0) with { At = conversion.At + Duration.Epsilon };
            JourneyTouch late = Journeys.Touch("extra-2", "late", 0) with
            {
                RecordedAt = conversion.KnownAt + Duration.Epsilon,
            };
            AttributionDecision decision = Attributor.Assign(rule, touches, conversion);
            AttributionDecision longer = Attributor.Assign(rule, [.. touches, after, late], conversion);
            return decision.Credits == longer.Credits && decision.Touches == longer.Touches;
        });

    [Fact]
    public void The_levels_of_explanation_agree_on_the_credit() =>
        Check(static (rule, touches, conversion) =>
        {
            AttributionDecision full = Journeys.Assign(rule, touches, conversion);
            AttributionDecision standard = Attributor.Assign(rule, touches, conversion);
            return full.Credits == standard.Credits && full.Reason == standard.Reason
                && standard.Touches == full.Touches.Where(static t => t.Weight > 0).ToValueList();
        });

    [Fact]
    public void A_decision_comes_back_from_its_terms() =>
        Check(static (rule, touches, conversion) =>
        {
            AttributionDecision decision = Journeys.Assign(rule, touches, conversion);
            TermFailures failures = [];
            return decision == TermReader.Read(TermNode.Of(decision), failures, AttributionDecision.Read)
                && failures.IsEmpty;
        });

    [Fact]
    public void Cutting_gives_each_touch_to_one_conversion_only() =>
        Prop.ForAll(Touches().ToArbitrary(), Gen.Choose(0, 60).ArrayOf(6).ToArbitrary(), static (touches, hours) =>
        {
            Linear rule = new() { CutAtConversion = true };
            Array.Sort(hours);
            Dictionary<TouchpointId, int> uses = [];
            JourneyCut? previous = null;
            for (int i = 0; i < hours.Length; i++)
            {
                ConversionPoint conversion = Journeys.Conversion(hours[i]) with
                {
                    Sequence = 10 * (i + 1),
                    KnownAt = Instant.MaxValue,
                    Previous = previous,
                    IsTest = true,
                };
                foreach (TouchCredit touch in Attributor.Assign(rule, touches, conversion).Touches)
                {
                    uses[touch.Touch] = uses.GetValueOrDefault(touch.Touch) + 1;
                }

                previous = new(conversion.At, conversion.Sequence);
            }

            // Whatever happened before the last conversion belongs to exactly one.
            ConversionPoint end = new() { At = Instant.MaxValue, KnownAt = Instant.MaxValue, IsTest = true };
            JourneyTouch[] before = [.. touches.Where(t => t.At < Journeys.Hour(hours[^1]))];
            return uses.Values.All(static count => count == 1)
                && Attributor.Assign(new Linear(), before, end).Touches.All(t => uses.ContainsKey(t.Touch));
        }).Check(Seeded);

    private static void Check(Func<AttributionRule, JourneyTouch[], ConversionPoint, bool> holds) => Prop.ForAll(
        Gen.Elements(Rules).ToArbitrary(), Touches().ToArbitrary(), Conversions().ToArbitrary(), holds).Check(Seeded);

    // Few instants, sequences and ids, so that ties and duplicates are common; sometimes more than fits on the stack.
    private static Gen<JourneyTouch[]> Touches() =>
        Gen.Frequency((30, Gen.Choose(0, 12)), (1, Gen.Choose(60, 150)))
            .SelectMany(static count => OneTouch().ArrayOf(count));

    private static Gen<JourneyTouch> OneTouch() =>
        from id in Gen.Choose(0, 40)
        from partner in Gen.Elements("a", "b", "c", "d", string.Empty)
        from hour in Gen.Choose(0, 60)
        from delay in Gen.Choose(0, 3)
        from sequence in Gen.Choose(0, 70)
        from test in Gen.Choose(0, 9)
        select Journeys.Touch($"t{id}", partner, hour, sequence) with
        {
            RecordedAt = Journeys.Hour(hour + delay),
            IsTest = test == 0,
        };

    private static Gen<ConversionPoint> Conversions() =>
        from hour in Gen.Choose(20, 60)
        from delay in Gen.Choose(0, 3)
        from sequence in Gen.Choose(0, 80)
        from previous in Gen.Choose(-1, 30)
        from reference in Gen.Choose(0, 50)
        select Journeys.Conversion(hour) with
        {
            KnownAt = Journeys.Hour(hour + delay),
            Sequence = sequence > 70 ? null : sequence,
            Previous = previous < 0 ? null : new JourneyCut(Journeys.Hour(previous), sequence),
            Reference = reference > 40 ? null : new TouchpointId($"t{reference}"),
        };
}
