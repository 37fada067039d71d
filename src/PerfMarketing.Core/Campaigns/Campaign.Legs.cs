using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Campaigns;

/// <content>How contracts and outcomes hang together.</content>
public sealed partial class Campaign
{
    private const string FactPrefix = "fact:";

    private readonly ContractGraph graph;

    /// <summary>What outcomes that name a parent take from it.</summary>
    public ChildTerms Children => draft.Children;

    /// <summary>Whether some payer is itself paid by another contract of the campaign.</summary>
    public bool IsChained => graph.IsChained;

    /// <summary>The partners whom some contract pays for what a downline brings, in the order of contracts.</summary>
    public ValueList<PartnerId> Overriders { get; }

    /// <summary>The partners whom some contract pays for having assisted, in the order of contracts.</summary>
    public ValueList<PartnerId> Assistants { get; }

    /// <summary>Whether some contract asks for the parts that partners had in a journey.</summary>
    public bool AsksForRoles { get; }

    /// <summary>Whether some contract asks for facts of <see cref="OutcomeFacts"/>.</summary>
    public bool AsksForOutcomeFacts { get; }

    /// <summary>Whether some contract asks for an outcome's parent: for its numbers, or when it occurred.</summary>
    public bool AsksForParents { get; }

    /// <summary>
    /// The payer of a contract as a partner whom another contract of the campaign pays; null when none does.
    /// </summary>
    /// <param name="payer">The payer.</param>
    public PartnerId? AsPartner(PartyId payer) => graph.AsPartner(payer);

    /// <summary>
    /// Whether the campaign's budgets count a contract. All contracts count, unless payers are paid themselves: then
    /// what the advertiser pays counts once, and what goes on to others does not count again.
    /// </summary>
    /// <param name="contract">The contract.</param>
    public bool Spends(ContractId contract) => graph.Spends(contract);

    /// <summary>
    /// The layer of a contract: it is decided after those of lower layers, because it measures their legs or waits for
    /// them.
    /// </summary>
    /// <param name="contract">The contract.</param>
    internal int LayerOf(ContractId contract) => graph.Order.GetValueOrDefault(contract);

    /// <summary>Whether any contract has a layer above another.</summary>
    internal bool IsLayered => graph.IsOrdered;

    // Whether some contract pays for what others were credited.
    internal bool HasDerived => Overriders.Count + Assistants.Count > 0;

    // Names of reserved facts anywhere in the terms, whoever wrote the model or condition that they stand in.
    private static (bool Any, bool Parents, bool Roles) Asked(TermNode node)
    {
        (bool any, bool parents, bool roles) = (false, false, false);
        if (node.Kind == TermKind.Text)
        {
            string name = node.Text.StartsWith(FactPrefix, StringComparison.Ordinal)
                ? node.Text[FactPrefix.Length..]
                : node.Text;
            (any, parents, roles) =
                (OutcomeFacts.IsReserved(name), OutcomeFacts.IsOfParent(name), name == OutcomeFacts.Role.Name);
        }

        foreach (TermNode item in node.Items)
        {
            (bool more, bool also, bool role) = Asked(item);
            (any, parents, roles) = (any || more, parents || also, roles || role);
        }

        return (any, parents, roles);
    }
}
