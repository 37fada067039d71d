using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Measurement;

/// <summary>One log settled under several sets of terms, side by side: which of them fits the advertiser.</summary>
/// <remarks>
/// Amounts are those of the ledgers, after corrections and exact; currencies are never added up. Everything is compared
/// with the first campaign.
/// </remarks>
public sealed record CampaignComparison : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    /// <summary>The most campaigns that are compared at once.</summary>
    public const int CampaignCountMax = 20;

    /// <summary>What happened, the same for all of them.</summary>
    public required ComparedResults Results { get; init; }

    /// <summary>The campaigns, the one that the others are compared with first.</summary>
    public required ValueList<ComparedCampaign> Campaigns { get; init; }

    /// <summary>
    /// Who keeps how much under each of them: by name, and for each currency in which it gets or pays something.
    /// </summary>
    public required ValueList<ComparedParty> Parties { get; init; }

    /// <summary>Settles a log under several campaigns and compares what comes of it.</summary>
    /// <param name="campaigns">The campaigns with their names, the one that others are compared with first.</param>
    /// <param name="log">The inputs in the order in which they were recorded.</param>
    /// <param name="journeys">Makes what finds journeys, anew for each campaign.</param>
    /// <param name="asOf">Inputs that were recorded later do not count.</param>
    /// <param name="basis">What divides the costs; <see cref="ComparisonBasis.Default"/> when null.</param>
    /// <param name="rates">The rates that convert what is in another currency; none when null.</param>
    /// <exception cref="ArgumentException">There are no campaigns, too many, or two of one name.</exception>
    public static CampaignComparison Settle(
        IReadOnlyList<(string Name, Campaign Campaign)> campaigns,
        IReadOnlyCollection<CampaignInput> log,
        Func<IJourneySource> journeys,
        Instant asOf,
        ComparisonBasis? basis = null,
        RateBook? rates = null)
    {
        ArgumentNullException.ThrowIfNull(campaigns);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(journeys);
        List<(string Name, CampaignRun Run)> runs = [];
        foreach ((string name, Campaign campaign) in campaigns)
        {
            CampaignRun run = new(campaign, journeys(), rates: rates);
            foreach (CampaignInput input in log.Where(i => i.RecordedAt <= asOf))
            {
                run.Process(input);
            }

            run.Expire(asOf);
            runs.Add((name, run));
        }

        return Of(runs, basis);
    }

    /// <summary>Compares runs of one log.</summary>
    /// <param name="runs">
    /// The runs with their names, the one that others are compared with first. Each has decided the same log, up to the
    /// same instant.
    /// </param>
    /// <param name="basis">What divides the costs; <see cref="ComparisonBasis.Default"/> when null.</param>
    /// <exception cref="ArgumentException">
    /// There are no runs, too many, two of one name, or they have not received the same outcomes.
    /// </exception>
    /// <exception cref="OverflowException">
    /// A sum is more than an amount can be; where it is one of what is paid, the message names campaign, contract,
    /// partner and month.
    /// </exception>
    public static CampaignComparison Of(
        IReadOnlyList<(string Name, CampaignRun Run)> runs, ComparisonBasis? basis = null)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Check(runs);
        ComparedRun[] compared = [.. runs.Select(static r => new ComparedRun(r.Name, r.Run))];
        var results = ComparedResults.Of(runs[0].Run.State, basis ?? ComparisonBasis.Default);
        return new()
        {
            Results = results,
            Campaigns = [.. compared.Select((run, i) => run.Summary(results) with
            {
                Differences = i == 0 ? [] : DifferenceList.Between(compared[0], run),
            })],
            Parties = PartiesOf(compared),
        };
    }

    /// <summary>Reads a comparison; a party without an amount for each campaign is a failure.</summary>
    /// <param name="terms">The terms.</param>
    public static CampaignComparison Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        CampaignComparison comparison = new()
        {
            Results = terms.Object("results", ComparedResults.Read),
            Campaigns = terms.List("campaigns", ComparedCampaign.Read, 1, CampaignCountMax),
            Parties = terms.List("parties", ComparedParty.Read),
        };
        if (comparison.Parties.Any(p => p?.Kept.Count != comparison.Campaigns.Count))
        {
            terms.Fail("parties", TermCodes.Malformed, "A party has one amount for each campaign.");
        }

        return comparison;
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.Terms("results", Results);
        terms.List("campaigns", Campaigns);
        terms.List("parties", Parties);
    }

    private static void Check(IReadOnlyList<(string Name, CampaignRun Run)> runs)
    {
        if (runs.Count is 0 or > CampaignCountMax)
        {
            throw new ArgumentException($"1 to {CampaignCountMax} campaigns are compared.", nameof(runs));
        }

        if (runs.DistinctBy(static r => r.Name, StringComparer.Ordinal).Count() < runs.Count)
        {
            throw new ArgumentException("Each campaign has a name of its own.", nameof(runs));
        }

        CampaignState first = runs[0].Run.State;
        foreach ((string name, CampaignRun run) in runs.Skip(1))
        {
            if (run.State.Outcomes.Count != first.Outcomes.Count
                || run.State.Outcomes.Any(o => first.Find(o.Id)?.Outcome != o.Outcome))
            {
                throw new ArgumentException($"The run '{name}' is not of the log of the first one.", nameof(runs));
            }
        }
    }

    private static ValueList<ComparedParty> PartiesOf(ComparedRun[] runs) =>
        (from flow in runs.SelectMany(static r => r.Totals.Keys).Distinct()
         where !flow.Party.IsUnset
         orderby flow.Party, flow.Currency.Code
         select new ComparedParty(
             flow.Party,
             runs.Any(r => r.IsIntermediary(flow.Party)),
             [.. runs.Select(r => r.Totals.GetValueOrDefault(flow, Money.Zero(flow.Currency)))])).ToValueList();
}
