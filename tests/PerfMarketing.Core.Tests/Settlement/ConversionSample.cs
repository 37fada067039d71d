using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Events;
using PerfMarketing.Monetary;
using PerfMarketing.Proofs;
using PerfMarketing.Settlement;
using static PerfMarketing.Tests.Settlement.Sample;

namespace PerfMarketing.Tests.Settlement;

/// <summary>Short ways to say what tests of conversion need.</summary>
internal static class ConversionSample
{
    public static ConversionTerms ByEvent { get; } = new("ecb");

    // A rate of a day of March 2026, known at 15:00 UTC of it.
    public static RecordedRate Dollar(int day, decimal rate, string? recordedAt = null) =>
        Rate(Currency.Usd, Currency.Eur, day, rate, recordedAt);

    public static RecordedRate Rate(Currency from, Currency to, int day, decimal rate, string? recordedAt = null)
    {
        string at = FormattableString.Invariant($"2026-03-{day:00}T15:00:00Z");
        return new(new($"{from}-{to}-{at}", from, to, rate, "ecb", At(at)), At(recordedAt ?? at));
    }

    public static CampaignRun Run(CampaignDraft campaign, params RecordedRate[] rates) => new(
        campaign.Build(), new Blog(), rates: new(rates));

    public static string? Waits(this CampaignRun run, string outcome) => run.State.Find(new(outcome))!.Decision!
        .Qualification is Qualification.Pending { Reasons: { Count: > 0 } reasons }
        ? reasons[0].ToString()
        : null;

    private sealed class Blog : IJourneySource
    {
        public Journey Find(Outcome outcome) => new(new[] { Touch("p-blog", "2026-03-01T09:00:00Z") });
    }
}
