using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>Which other contracts a payout measures.</summary>
internal static class LegReferences
{
    private const string Prefix = "leg:";

    /// <summary>The contracts whose legs a clause's payout measures, each once.</summary>
    /// <param name="clause">The clause.</param>
    public static ValueList<ContractId> Of(ClauseDraft clause)
    {
        HashSet<ContractId> found = [];
        if (clause.Pays is not null)
        {
            Find(TermNode.Of(clause.Pays), found);
        }

        return found.ToValueList();
    }

    // A text of the model's terms that names a leg, whoever wrote the model.
    private static void Find(TermNode node, HashSet<ContractId> found)
    {
        if (node.Kind == TermKind.Text && node.Text.StartsWith(Prefix, StringComparison.Ordinal)
            && ContractId.TryParse(node.Text[Prefix.Length..], null, out ContractId id))
        {
            found.Add(id);
        }

        foreach (TermNode item in node.Items)
        {
            Find(item, found);
        }
    }
}
