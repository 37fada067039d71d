using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Identity;
using PerfMarketing.Measurement;
using PerfMarketing.Measurement.Reports;
using PerfMarketing.Monetary;
using PerfMarketing.Primitives;
using PerfMarketing.Settlement;

namespace PerfMarketing.Tool.Settle;

/// <summary>What <c>settle</c> prints: a row for each partner, totals, and what became of all outcomes.</summary>
internal sealed record SettlementReport : ITerms
{
    /// <summary>The campaign.</summary>
    public required Campaign Campaign { get; init; }

    /// <summary>The instant at which everything is looked at.</summary>
    public required Instant AsOf { get; init; }

    /// <summary>The month that is shown; null means all.</summary>
    public string? Period { get; init; }

    /// <summary>The contracts of which no statement ends in the month that is shown.</summary>
    public ValueList<ContractId> NoStatement { get; init; } = [];

    /// <summary>The rows.</summary>
    public required ValueList<PartnerRow> Partners { get; init; }

    /// <summary>The sums, one for each currency.</summary>
    public required ValueList<PartnerRow> Totals { get; init; }

    /// <summary>
    /// What became of all outcomes of the log, whatever the month; null when what they are worth is, summed, more than
    /// an amount can be.
    /// </summary>
    public required Funnel? Funnel { get; init; }

    /// <summary>Why there is no <see cref="Funnel"/>; null when there is one.</summary>
    public string? TooGreat { get; init; }

    /// <summary>What contracts filter as invalid traffic, gross and net; no lines when they have no rules.</summary>
    public required TrafficReport Traffic { get; init; }

    /// <summary>What was read and moved nothing.</summary>
    public Unused Unused { get; init; } = new();

    /// <summary>The invalidations that took nothing, with their reasons.</summary>
    public ValueList<Reason> Refused { get; init; } = [];

    /// <summary>Makes the report of a run.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="run">The run, closed.</param>
    /// <param name="statements">Its statements.</param>
    /// <param name="asOf">The instant at which everything is looked at.</param>
    /// <param name="period">The month that is shown; null means all.</param>
    public static SettlementReport Of(
        Campaign campaign, SettlementRun run, ValueList<Statement> statements, Instant asOf, YearMonth? period)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(run);
        ShownMonth? month = period is { } asked ? new(campaign, asked, statements) : null;
        PartnerTally tally = new();
        foreach (OutcomeState known in run.Outcomes)
        {
            tally.Count(known, month);
        }

        foreach (Statement statement in statements)
        {
            if (month is null || month.Shows(statement))
            {
                tally.Add(statement);
            }
        }

        Currency[] currencies = [.. campaign.Contracts.Select(static contract => contract.Currency).Distinct()];
        ValueList<PartnerRow> rows = tally.Rows(currencies.Length == 1 ? currencies[0] : default);
        (Funnel? funnel, string? tooGreat) = FunnelOf(run.State);
        return new()
        {
            Campaign = campaign,
            AsOf = asOf,
            Period = month?.Key,
            NoStatement = month?.Without.ToValueList() ?? [],
            Partners = rows,
            Totals = tally.Totals(rows),
            Funnel = funnel,
            TooGreat = tooGreat,
            Traffic = TrafficReport.Of(run.State),
            Unused = Unused.Of(run),
            Refused = run.Refused.ToValueList(),
        };
    }

    // The worth of outcomes is not money that is owed: too much of it stops no settlement.
    private static (Funnel? Funnel, string? TooGreat) FunnelOf(CampaignState state)
    {
        try
        {
            Funnel funnel = Funnel.Of(state);
            return funnel.Value.Count >= 0 ? (funnel, null) : default;
        }
        catch (OverflowException problem)
        {
            return (null, Worth.WhyTooGreat(state) ?? problem.Message);
        }
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Value("campaign", Campaign.Id);
        terms.Integer("version", Campaign.Version);
        terms.Value("digest", Campaign.Digest);
        terms.Instant("asOf", AsOf);
        terms.Value("period", Period);
        terms.Values("noStatement", NoStatement);
        terms.Add("partners", TermNode.OfList([.. Partners.Select(static row => TermNode.Of(row))]));
        terms.Add("totals", Totals.Count == 1
            ? TermNode.Of(Totals[0])
            : TermNode.OfList([.. Totals.Select(static row => TermNode.Of(row))]));
        terms.Terms("funnel", Funnel);
        terms.List("traffic", Traffic.Lines);
        Unused.Write(terms);
        terms.List("refused", Refused);
    }
}
