using NodaTime;
using PerfMarketing.Campaigns;
using PerfMarketing.Contracts;
using PerfMarketing.Identity;
using PerfMarketing.Integrity;
using PerfMarketing.Primitives;
using PerfMarketing.Time;

namespace PerfMarketing.Settlement;

/// <summary>Closes the statements of a contract that are over.</summary>
internal static class StatementClosing
{
    /// <summary>The record that closes what is over at an instant; null when all of it is closed.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="before">What closed statements of the contract before, in its order.</param>
    /// <param name="asOf">The instant.</param>
    public static StatementsClosed? Make(
        Campaign campaign, ContractId contract, IReadOnlyCollection<StatementsClosed> before, Instant asOf)
    {
        Contract[] versions = [.. campaign.Contracts.Where(c => c.Id == contract)];
        if (!ContractCalendar.Covers(asOf) || versions.Length == 0)
        {
            return null;
        }

        var partners = versions.SelectMany(static c => c.Partners).Distinct().Order()
            .Select(p => (Partner: p, Periods: new StatementPeriods(campaign, contract, p, before)))
            .Select(p => (p.Partner, p.Periods, Closed: p.Periods.CloseAt(asOf))).ToList();
        if (partners.TrueForAll(static p => p.Closed.Cuts.Count == 0))
        {
            return null;
        }

        Instant through = Instant.Max(
            partners.Max(static p => p.Closed.Through),
            before.Select(static c => c.Through).DefaultIfEmpty(Instant.MinValue).Max());
        HashSet<ClosedVersion> known = [.. before.SelectMany(static c => c.Versions)];
        return new()
        {
            OutcomeId = default,
            DecidedAt = through,
            Contract = contract,
            Through = through,
            Zone = versions[^1].Calendar.Zone.Id,
            ZoneRules = ContractZone.Rules,
            Versions =
            [
                .. partners.SelectMany(p => p.Periods.VersionsBefore(p.Closed.Through)).Distinct()
                    .OrderBy(static v => v.Version).Select(static v => new ClosedVersion(v.Version, v.Digest))
                    .Where(v => !known.Contains(v)),
            ],
            Periods = Together([.. partners.Select(static p => (p.Partner, p.Closed))]),
        };
    }

    /// <summary>Why a contract cannot go on from its closed statements; empty when it can.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="before">What closed statements of the contract before.</param>
    /// <returns><see cref="SettlementReasons.TermsChanged"/> for each version of which that is so.</returns>
    public static ValueList<Reason> Check(Campaign campaign, IEnumerable<StatementsClosed> before) =>
    [
        .. before.SelectMany(static c => c.Versions, static (c, v) => (c.Contract, v.Version, v.Terms)).Distinct()
            .Where(v => campaign.FindContract(v.Contract, v.Version) is { } now && now.Digest != v.Terms)
            .OrderBy(static v => v.Version)
            .Select(v => ChangedOf(campaign.FindContract(v.Contract, v.Version)!, v.Terms)),
    ];

    /// <summary>That a version is not what statements were closed by.</summary>
    /// <param name="now">The version as it is.</param>
    /// <param name="closed">The digest of the terms that closed them.</param>
    public static Reason ChangedOf(Contract now, Digest closed) => Reason.Of(
        SettlementReasons.TermsChanged,
        ("contract", now.Id),
        ("version", now.Version),
        ("closed", closed),
        ("now", now.Digest));

    // Most partners have the same periods: those that most have are not named.
    private static ValueList<ClosedPeriods> Together(ValueList<(PartnerId Partner, ClosedPeriods Closed)> partners)
    {
        var groups = partners.GroupBy(static p => p.Closed, static p => p.Partner)
            .OrderByDescending(static g => g.Count()).ToList();
        return [.. groups.Select((g, i) => i == 0 ? g.Key : g.Key with { Partners = [.. g] })];
    }
}
