using NodaTime;
using PerfMarketing.Contracts;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Contracts.Versions;
using PerfMarketing.Identity;

namespace PerfMarketing.Campaigns;

/// <summary>Every version of one contract of a campaign, with its lifecycles.</summary>
internal sealed class ContractLine
{
    private readonly Contract[] newestFirst;
    private readonly bool isPlain;

    public ContractLine(Contract[] versions, ContractHistory? history)
    {
        newestFirst = [.. versions.OrderByDescending(static c => c.Version)];
        if (history is not null)
        {
            Lifecycles = ContractLifecycles.Fold([.. versions.Select(static v => v.ToDraft())], history);
        }

        AsksCustomers = versions.Any(static v => v.Grandfathering == Grandfathering.Customer);
        AsksTouches = AsksCustomers
            || versions.Any(static v => v.Grandfathering != Grandfathering.Outcome || v.Tail != TailTerms.Default);
        isPlain = versions is [{ } only] && history is null && only.End == Instant.MaxValue;
    }

    public ContractId Id => newestFirst[0].Id;

    /// <summary>Whom any version names.</summary>
    public IEnumerable<PartnerId> Partners => newestFirst.SelectMany(static v => v.Partners).Distinct();

    public ContractLifecycles? Lifecycles { get; }

    public bool AsksTouches { get; }

    public bool AsksCustomers { get; }

    public IEnumerable<BackDatedVersion> BackDated =>
        Lifecycles?.BackDated(newestFirst.Select(static v => v.Version)).Select(at => new BackDatedVersion(Id, at))
        ?? [];

    // Most contracts have one version without an end: there is nothing to choose.
    public VersionChoice Choose(in VersionQuestion question, bool explain)
    {
        if (isPlain && !explain)
        {
            Contract only = newestFirst[0];
            return new(
                only.Start <= question.OccurredAt && only.Names(question.Partner) ? only : null, null, []);
        }

        return VersionWalk.Choose(newestFirst, LifecycleOf(question.Partner), question, explain);
    }

    /// <summary>The version that is in force for a partner whom it names; null when there is none.</summary>
    public Contract? InForce(PartnerId partner, Instant at, Instant asOf)
    {
        if (isPlain)
        {
            return newestFirst[0].Start <= at && newestFirst[0].Names(partner) ? newestFirst[0] : null;
        }

        return (Lifecycles is null || Lifecycles.Find(partner) is not null)
            && VersionWalk.InForce(newestFirst, LifecycleOf(partner), at, asOf) is { } found && found.Names(partner)
            ? found
            : null;
    }

    /// <summary>The version that is in force for whomever it names: accepted by some partner.</summary>
    public Contract? InForce(Instant at)
    {
        foreach (Contract version in newestFirst)
        {
            if (version.IsInForce(at) && Lifecycles?.IsAccepted(version.Version) != false)
            {
                return version;
            }
        }

        return null;
    }

    // No version names a partner without a lifecycle, when the contract has any.
    private ContractLifecycle? LifecycleOf(PartnerId partner) => Lifecycles?.Find(partner);
}
