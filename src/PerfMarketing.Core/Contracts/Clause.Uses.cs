using PerfMarketing.Events;
using PerfMarketing.Events.Conditions;
using PerfMarketing.Payouts;
using PerfMarketing.Primitives;
using PerfMarketing.Proofs;
using PerfMarketing.Tallies;

namespace PerfMarketing.Contracts;

/// <content>Which parts of an outcome move money under the clause.</content>
public sealed partial class Clause
{
    /// <summary>
    /// The parts of an outcome that the clause pays or decides by: names of <see cref="OutcomeClaims"/> and of facts,
    /// sorted.
    /// </summary>
    /// <remarks>
    /// Where the proof policy asks for it, the evidence has to cover them. What is the parent's is proven with the
    /// parent.
    /// </remarks>
    public ValueList<string> Uses => field ??= UsesOf(draft, ReadsValue, NeedsHistory, TalliedFacts);

    private static ValueList<string> UsesOf(
        ClauseDraft draft, bool readsValue, bool needsHistory, ValueList<string> tallied)
    {
        SortedSet<string> uses = new(tallied.Where(static f => !OutcomeFacts.IsReserved(f)), StringComparer.Ordinal);
        HashSet<string> asked = [];
        if (draft.When is { } condition)
        {
            AddFacts(TermNode.Of(condition), asked);
        }

        AddMeasures(draft.Pays, asked);
        if (readsValue || asked.Contains(OutcomeFacts.Value.Name) || asked.Contains(OutcomeFacts.Commissionable.Name))
        {
            uses.UnionWith([OutcomeClaims.Amount, OutcomeClaims.Currency]);
        }

        if (asked.Contains(OutcomeFacts.Quantity.Name) || Reads(draft.Pays, MeasureKind.Quantity))
        {
            uses.Add(OutcomeClaims.Quantity);
        }

        if (needsHistory)
        {
            uses.Add(OutcomeClaims.Customer);
        }

        uses.UnionWith(asked.Where(static f => !OutcomeFacts.IsReserved(f)));
        return [.. uses];
    }

    internal static ValueList<string> FactsOf(Condition? condition)
    {
        HashSet<string> facts = [];
        if (condition is not null)
        {
            AddFacts(TermNode.Of(condition), facts);
        }

        return [.. facts.Where(static f => !OutcomeFacts.IsReserved(f)).Order(StringComparer.Ordinal)];
    }

    private static void AddFacts(TermNode node, HashSet<string> into)
    {
        if (node.Kind == TermKind.Object && node.Find("fact") is { Kind: TermKind.Text } fact)
        {
            into.Add(fact.Text);
        }

        foreach (TermNode item in node.Items)
        {
            AddFacts(item, into);
        }
    }

    // What models measure, and what conditions inside them ask.
    private static void AddMeasures(PayoutModel model, HashSet<string> into)
    {
        into.UnionWith(model.Measures.Where(static m => m.Kind == MeasureKind.Fact).Select(static m => m.Name));
        AddFacts(TermNode.Of(model), into);
        foreach (PayoutPart part in model.Parts)
        {
            AddMeasures(part.Model, into);
        }
    }

    private static bool Reads(PayoutModel model, MeasureKind kind) => model.Measures.Any(m => m.Kind == kind)
        || model.Parts.Any(p => Reads(p.Model, kind));
}
