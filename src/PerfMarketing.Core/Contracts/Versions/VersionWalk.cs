using NodaTime;
using PerfMarketing.Contracts.Lifecycle;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Versions;

/// <summary>Chooses the version of a contract that prices an outcome.</summary>
/// <remarks>
/// The newest version that was effective when the outcome occurred, walking back while a version's grandfathering
/// leaves the outcome to the one before. A version counts from when payer and partner have accepted it; without a
/// lifecycle every version is accepted as dated. After the contract's end, the version in force just before it says by
/// its <see cref="TailTerms"/> what is still paid. Pure.
/// </remarks>
public static class VersionWalk
{
    /// <summary>The version that prices an outcome.</summary>
    /// <param name="newestFirst">Every version of one contract, from the newest; at least one.</param>
    /// <param name="lifecycle">
    /// How the contract stands with the partner; null when it is accepted and active as dated.
    /// </param>
    /// <param name="question">What is known of the outcome.</param>
    /// <param name="explain">Whether to say why versions were passed over.</param>
    public static VersionChoice Choose(
        ReadOnlySpan<Contract> newestFirst,
        ContractLifecycle? lifecycle,
        in VersionQuestion question,
        bool explain = false)
    {
        Instant end = EndOf(newestFirst, lifecycle);
        List<Reason>? passed = explain ? [] : null;
        Reason? refusal = null;
        foreach (Contract version in newestFirst)
        {
            Reason? reason = InheritanceRefusal(version, question)
                ?? Passes(version, lifecycle, question, Instant.Min(question.OccurredAt, end - Duration.Epsilon));
            if (reason is null)
            {
                return version.Names(question.Partner)
                    ? Judge(version, lifecycle, question, end, passed)
                    : new(null, null, passed?.ToValueList() ?? []);
            }

            passed?.Add(reason);
            refusal ??= reason.Code == VersionReasons.NotAccepted && version.Names(question.Partner)
                ? Because(VersionReasons.NoneAccepted, version)
                : null;
        }

        return new(null, refusal, passed?.ToValueList() ?? []);
    }

    /// <summary>
    /// The version in force at an instant, by which touches are judged; null when there is none, or the contract was
    /// suspended or over.
    /// </summary>
    /// <remarks>While no version is accepted the dates count alone, since they may be accepted later.</remarks>
    /// <param name="newestFirst">Every version of one contract, from the newest; at least one.</param>
    /// <param name="lifecycle">How the contract stands with the partner; null when it is active as dated.</param>
    /// <param name="at">When the touch happened.</param>
    /// <param name="asOf">When it is asked.</param>
    public static Contract? InForce(
        ReadOnlySpan<Contract> newestFirst, ContractLifecycle? lifecycle, Instant at, Instant asOf)
    {
        if (lifecycle?.StateAt(at) is ContractState.Suspended or ContractState.Ended)
        {
            return null;
        }

        bool datesCount = !AnyAccepted(newestFirst, lifecycle, asOf);
        foreach (Contract version in newestFirst)
        {
            if (at < version.End && StartOf(version, lifecycle, asOf, datesCount) <= at)
            {
                return version;
            }
        }

        return null;
    }

    private static bool AnyAccepted(ReadOnlySpan<Contract> versions, ContractLifecycle? lifecycle, Instant asOf)
    {
        foreach (Contract version in versions)
        {
            if (lifecycle is null || lifecycle.AcceptedAt(version.Version) <= asOf)
            {
                return true;
            }
        }

        return false;
    }

    private static Instant? StartOf(Contract version, ContractLifecycle? lifecycle, Instant asOf, bool datesCount) =>
        lifecycle is null ? version.Start
        : lifecycle.AcceptedAt(version.Version) <= asOf ? lifecycle.InForceFrom(version.Version)
        : datesCount && version.Start > Instant.MinValue ? version.Start
        : null;

    // The contract is over when its parties said so, or when its last version has lost its effect.
    private static Instant EndOf(ReadOnlySpan<Contract> versions, ContractLifecycle? lifecycle)
    {
        Instant end = Instant.MinValue;
        foreach (Contract version in versions)
        {
            end = Instant.Max(end, version.End);
        }

        return Instant.Min(end, lifecycle?.EndsAt ?? Instant.MaxValue);
    }

    private static Reason? InheritanceRefusal(Contract version, in VersionQuestion question)
    {
        foreach (ContractVersion inherited in question.Inherited ?? [])
        {
            if (inherited.Contract == version.Id)
            {
                return inherited.Version == version.Version ? null : Because(VersionReasons.NotInherited, version);
            }
        }

        return null;
    }

    private static bool IsInherited(Contract version, in VersionQuestion question) =>
        question.Inherited is { } inherited && inherited.Contains(new(version.Id, version.Version));

    private static Reason? Passes(
        Contract version, ContractLifecycle? lifecycle, in VersionQuestion question, Instant at)
    {
        if (lifecycle is not null && !(lifecycle.AcceptedAt(version.Version) <= question.AsOf))
        {
            return version.IsInForce(at)
                ? Because(VersionReasons.NotAccepted, version)
                : Because(VersionReasons.NotEffective, version);
        }

        Instant start = lifecycle?.InForceFrom(version.Version) ?? version.Start;
        return IsInherited(version, question) ? null
            : at < start || at >= version.End ? Because(VersionReasons.NotEffective, version)
            : version.Grandfathering == Grandfathering.Touch && question.FirstTouch < start
                ? Because(VersionReasons.TouchedBefore, version, ("touch", question.FirstTouch.Value))
            : version.Grandfathering == Grandfathering.Customer && question.CustomerSince < start
                ? Because(VersionReasons.CustomerBefore, version, ("since", question.CustomerSince.Value))
            : null;
    }

    private static VersionChoice Judge(
        Contract version,
        ContractLifecycle? lifecycle,
        in VersionQuestion question,
        Instant end,
        List<Reason>? passed)
    {
        ValueList<Reason> others = passed?.ToValueList() ?? [];
        bool isOver = question.OccurredAt >= end
            ? !PaysAfter(version, lifecycle, question, end)
            : !version.Tail.Pending && question.AsOf >= end;
        return isOver ? new(null, Because(VersionReasons.Ended, version), others)
            : lifecycle?.StateAt(question.OccurredAt) == ContractState.Suspended
                ? new(null, Because(VersionReasons.Suspended, version), others)
            : new(version, null, others);
    }

    private static bool PaysAfter(
        Contract version, ContractLifecycle? lifecycle, in VersionQuestion question, Instant end)
    {
        TailTerms tail = version.Tail;
        Instant at = question.OccurredAt;
        return lifecycle?.IsForCause != true
            && ((tail.TouchedFor is { } time && question.FirstTouch < end && at - end < time)
                || (tail.ChildMonths is { } months && question.ParentAt < end && at < After(version, end, months)));
    }

    private static Instant After(Contract version, Instant end, int months) => version.Calendar.LocalOf(end)
        .PlusMonths(months).InZoneLeniently(version.Calendar.Zone).ToInstant();

    private static Reason Because(
        string code, Contract version, params ReadOnlySpan<(string Name, object Value)> args) =>
        Reason.Of(code, [("contract", version.Id), ("version", version.Version), .. args]);
}
