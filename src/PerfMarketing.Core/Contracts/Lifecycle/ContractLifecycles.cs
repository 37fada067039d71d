using NodaTime;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts.Lifecycle;

/// <summary>The lifecycles of one contract with each of its partners, folded from its history.</summary>
/// <remarks>
/// An event that concerns every partner moves those whose state allows it; it is refused when there is none. Immutable
/// and thread-safe.
/// </remarks>
public sealed class ContractLifecycles
{
    private readonly Dictionary<PartnerId, ContractLifecycle> partners;

    private ContractLifecycles(
        Dictionary<PartnerId, ContractLifecycle> partners, ValueList<RefusedContractEvent> refused)
    {
        this.partners = partners;
        Refused = refused;
    }

    /// <summary>The events that were refused, in order; empty when the history is sound.</summary>
    public ValueList<RefusedContractEvent> Refused { get; }

    /// <summary>The lifecycles that a history makes.</summary>
    /// <param name="versions">Every version of the contract; at least one.</param>
    /// <param name="history">The history.</param>
    public static ContractLifecycles Fold(IReadOnlyCollection<ContractDraft> versions, ContractHistory history)
    {
        ArgumentNullException.ThrowIfNull(versions);
        ArgumentNullException.ThrowIfNull(history);
        Dictionary<PartnerId, ContractLifecycle> partners = [];
        foreach (PartnerId partner in versions.SelectMany(static v => v.Partners).Distinct())
        {
            partners.Add(partner, ContractLifecycle.Begin(versions, partner));
        }

        List<RefusedContractEvent> refused = [];
        for (int i = 0; i < history.Events.Count; i++)
        {
            if (Apply(partners, history.Events[i]) is { } refusal)
            {
                refused.Add(new(i, refusal));
            }
        }

        return new(partners, refused.ToValueList());
    }

    /// <summary>The lifecycle with a partner; null when no version names the partner.</summary>
    /// <param name="partner">The partner.</param>
    public ContractLifecycle? Find(PartnerId partner) => partners.GetValueOrDefault(partner);

    /// <summary>Whether some partner and the payer have accepted a version.</summary>
    /// <param name="version">The version.</param>
    public bool IsAccepted(int version) => partners.Values.Any(l => l.AcceptedAt(version) is not null);

    /// <summary>The instants at which a version was accepted that was in force before, in order.</summary>
    /// <param name="versions">The numbers of the versions.</param>
    public ValueList<Instant> BackDated(IEnumerable<int> versions)
    {
        int[] numbers = [.. versions];
        return
        [
            .. partners.Values
                .SelectMany(l => numbers.Where(l.IsBackDated).Select(v => l.AcceptedAt(v)!.Value))
                .Distinct().Order(),
        ];
    }

    private static Reason? Apply(Dictionary<PartnerId, ContractLifecycle> partners, ContractEvent change)
    {
        bool byPartner = PartnerId.TryParse(change.By.ToString(), null, out PartnerId by) && partners.ContainsKey(by);
        PartnerId? own = change.Partner ?? (byPartner ? by : null);
        Reason? refusal = null;
        bool isTaken = false;
        foreach (PartnerId partner in own is { } one ? [one] : partners.Keys.ToArray())
        {
            if (!partners.TryGetValue(partner, out ContractLifecycle? lifecycle))
            {
                return Reason.Of(LifecycleCodes.PartyRefused, ("by", partner), ("event", change.Name));
            }

            ContractTransition moved = lifecycle.Apply(change);
            partners[partner] = moved.Lifecycle;
            isTaken |= !moved.IsRefused;
            refusal ??= moved.Refusal;
        }

        return isTaken ? null : refusal;
    }
}
