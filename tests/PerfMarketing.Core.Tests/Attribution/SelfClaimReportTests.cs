using NodaTime;
using PerfMarketing.Attribution;
using PerfMarketing.Attribution.Rules;
using PerfMarketing.Attribution.SelfClaims;
using PerfMarketing.Identity;

namespace PerfMarketing.Tests.Attribution;

public sealed class SelfClaimReportTests
{
    private static readonly JourneyTouch[] Touches =
    [
        Journeys.Touch("t1", "meta", 0), Journeys.Touch("t2", "google", 10), Journeys.Touch("t3", "blog", 20),
    ];

    [Fact]
    public void Claims_are_held_against_our_credits()
    {
        Dictionary<OutcomeId, AttributionDecision> decisions = new()
        {
            [new("o1")] = Journeys.Assign(new LastTouch(), Touches[..2], Journeys.Conversion(30)),
            [new("o2")] = Journeys.Assign(new Linear(), Touches, Journeys.Conversion(30)),
            [new("o3")] = Journeys.Assign(
                new LastTouch { Lookback = Duration.FromHours(15) }, Touches, Journeys.Conversion(30)),
            [new("o4")] = Journeys.Assign(new LastTouch(), Touches[2..], Journeys.Conversion(30)),
            [new("o5")] = Journeys.Assign(new LastTouch(), Touches[..2], Journeys.Conversion(30)),
        };

        var report = SelfClaimReport.Compare(
            [
                Claim("o1", "google"), Claim("o1", "meta"), Claim("o2", "google"), Claim("o3", "meta"),
                Claim("o4", "meta"), Claim("o9", "google"), Claim("o1", "google"),
            ],
            decisions);

        report.Findings.Select(static f => $"{f.Claim.Outcome} {f.Claim.Partner} {f.Result} {f.Share} {f.Reason?.Code}")
            .Should().Equal(
                "o1 google Agreed 1/1 ",
                "o1 meta Lost 0/1 attribution.not-chosen",
                "o2 google Shared 1/3 ",
                "o3 meta Lost 0/1 attribution.outside-lookback",
                "o4 meta Untouched 0/1 ",
                "o9 google Unknown 0/1 ");
        report.Lines.Should().Equal(
            new SelfClaimLine(new("google"), 3, 1, 1, 0, 1, Unclaimed: 1),
            new SelfClaimLine(new("meta"), 3, 0, 0, 2, 1, Unclaimed: 1));
        report.ClaimedBySeveral.Should().Be(1);
    }

    private static SelfClaim Claim(string outcome, string partner) => new(new(outcome), new(partner));
}
