using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;
using PerfMarketing.Testing;
using PerfMarketing.Time;

namespace PerfMarketing.Tests.Attribution;

/// <summary>
/// Last touch takes a short way when nobody asks about the touches that got nothing: it credits whom the whole journey
/// credits.
/// </summary>
public sealed class NewestTouchLawTests
{
    private static readonly Instant Noon = Instant.FromUtc(2026, 3, 1, 12, 0);

    [Fact]
    public void Newest_touch_is_the_one_that_the_whole_journey_credits()
    {
        SeededRandom random = new(20_261_122);
        int credited = 0;
        for (int run = 0; run < 4_000; run++)
        {
            LastTouch rule = new()
            {
                Lookback = random.Below(2) == 0 ? LookbackWindow.Days(2) : LookbackWindow.Unlimited,
                CutAtConversion = random.Below(2) == 0,
            };
            JourneyTouch[] touches = [.. Enumerable.Range(0, random.Below(6)).Select(_ => TouchOf(random))];
            if (random.Below(3) > 0)
            {
                touches = [.. touches.OrderBy(static t => t.At).ThenBy(static t => t.Sequence)];
            }

            ConversionPoint conversion = new()
            {
                At = Noon, KnownAt = Noon, Sequence = 2,
                Previous = random.Below(2) == 0 ? new JourneyCut(Noon - Duration.FromDays(1)) : null,
            };

            AttributionDecision one = Attributor.Assign(rule, touches, conversion, new NotBad());
            AttributionDecision all =
                Attributor.Assign(rule, touches, conversion, new NotBad(), ExplainLevel.Full);

            one.Credits.Should().Equal(all.Credits);
            one.Touches.Should().Equal(all.Touches.Where(static t => t.Weight > 0));
            one.Reason.Should().Be(all.Reason);
            credited += one.IsCredited ? 1 : 0;
        }

        credited.Should().BeInRange(1_000, 3_500);
    }

    private static JourneyTouch TouchOf(SeededRandom random)
    {
        Instant at = Noon - Duration.FromHours(6 * (random.Below(16) - 2));
        return new()
        {
            Id = random.Below(2) == 0 ? default : new TouchpointId($"t{random.Below(4)}"),
            At = at,
            RecordedAt = at + Duration.FromHours(random.Below(3)),
            Sequence = random.Below(4),
            Partner = new PartnerId(random.Below(4) == 0 ? "bad" : $"p{random.Below(3)}"),
            Kind = TouchpointKind.Click,
            IsTest = random.Below(8) == 0,
        };
    }

    private sealed class NotBad : ITouchEligibility
    {
        public Reason? Refuse(in JourneyTouch touch) =>
            touch.Partner.Value == "bad" ? new("campaign.partner-not-named") : null;
    }
}
