using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Tests.Attribution;

public sealed class AttributorPropertyTests
{
    private static readonly Config Seeded = Config.QuickThrowOnFailure.WithMaxTest(10_000).WithReplay(20_260_303, 1);

    private static readonly AttributionRule[] Rules = [.. RuleSamples.All];

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
            int claims = decision.Touches.Count(static t => t.Claim is not null);
            return decision.Touches.Count == touches.Length + claims
                && decision.Touches.All(static t =>
                    t.Weight > 0 == t.Reason is null || t is { Weight: > 0, Partner.IsUnset: true });
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
    public void Each_rule_agrees_with_the_obvious_way_to_write_it() =>
        Check(static (rule, touches, conversion) =>
        {
            if (rule is TimeDecay)
            {
                // Irrational: held against exact roots in TimeDecayTests.
                return true;
            }

            AttributionDecision decision = Attributor.Assign(rule, touches, conversion, RuleSamples.Fussy);
            Dictionary<PartnerId, (BigInteger Part, BigInteger Whole)> naive =
                NaiveAttribution.Shares(rule, touches, conversion, RuleSamples.Fussy);
            return decision.Credits.Count == naive.Count && decision.Credits.All(c =>
                naive.TryGetValue(c.Partner, out (BigInteger, BigInteger) share)
                && share == NaiveAttribution.Reduced(c.Weight, c.Total));
        });

    [Fact]
    public void A_repeated_event_changes_nothing() =>
        Check(static (rule, touches, conversion) =>
        {
            JourneyTouch[] again = [.. touches, .. touches.Take(5)];
            AttributionDecision once = Attributor.Assign(rule, touches, conversion);
            AttributionDecision twice = Attributor.Assign(rule, again, conversion);
            return once.Credits == twice.Credits && once.Touches == twice.Touches;
        });

    [Fact]
    public void Moving_everything_in_time_together_changes_no_share() =>
        Check(static (rule, touches, conversion) =>
        {
            // Facts that are instants stay where they are, so rules that look at them are left out.
            if (rule.Stage is not null || rule.Returning is not null)
            {
                return true;
            }

            Duration later = Duration.FromDays(17) + Duration.FromNanoseconds(3);
            JourneyTouch[] moved =
                [.. touches.Select(t => t with { At = t.At + later, RecordedAt = t.RecordedAt + later })];
            ConversionPoint point = conversion with
            {
                At = conversion.At + later,
                KnownAt = conversion.KnownAt + later,
                Previous = conversion.Previous is { } cut ? cut with { At = cut.At + later } : null,
            };
            return Attributor.Assign(rule, touches, conversion).Credits
                == Attributor.Assign(rule, moved, point).Credits;
        });

    [Fact]
    public void Rules_come_back_from_their_terms_and_share_as_before() =>
        Check(static (rule, touches, conversion) =>
        {
            TermFailures failures = [];
            AttributionRule? restored =
                TermReader.Read(TermNode.Of(rule), failures, AttributionRuleCatalog.Default.Read);
            return failures.IsEmpty && restored == rule
                && Attributor.Assign(restored, touches, conversion) == Attributor.Assign(rule, touches, conversion);
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
        from kind in Gen.Elements("click", "view", "impression", "call")
        from channel in Gen.Elements("direct", "email", "search", string.Empty)
        from fact in Gen.Choose(0, 5)
        from test in Gen.Choose(0, 9)
        select Journeys.Touch($"t{id}", partner, hour, sequence) with
        {
            RecordedAt = Journeys.Hour(hour + delay),
            IsTest = test == 0,
            Kind = kind,
            Channel = channel.Length == 0 ? default : new(channel),
            Facts = fact switch
            {
                0 => [Facts.Milestone.Of("lead")],
                1 => [Facts.Milestone.Of("opportunity"), Facts.Match.Of("probabilistic")],
                2 => [Facts.Method.Of("retargeting")],
                _ => FactSet.Empty,
            },
        };

    private static Gen<ConversionPoint> Conversions() =>
        from hour in Gen.Choose(20, 60)
        from delay in Gen.Choose(0, 3)
        from sequence in Gen.Choose(0, 80)
        from previous in Gen.Choose(-1, 30)
        from reference in Gen.Choose(0, 50)
        from claims in Gen.Choose(0, 15)
        from step in Gen.Choose(0, 80)
        select Journeys.Conversion(hour) with
        {
            KnownAt = Journeys.Hour(hour + delay),
            Sequence = sequence > 70 ? null : sequence,
            Previous = previous < 0 ? null : new JourneyCut(Journeys.Hour(previous), sequence),
            Reference = reference > 40 ? null : new TouchpointId($"t{reference}"),
            Claims = RuleSamples.Claims(claims),
            Facts = step > 60 ? null : RuleSamples.Instants(Journeys.Hour(step)),
        };
}
