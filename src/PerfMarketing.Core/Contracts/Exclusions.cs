using PerfMarketing.Events;
using PerfMarketing.Primitives;

namespace PerfMarketing.Contracts;

/// <summary>
/// Why a line of an order is not commissionable: the term that leaves it out, and whether its name is known.
/// </summary>
/// <param name="Term">The kind of name: <c>sku</c>, <c>category</c> or <c>brand</c>; null when the line is in.</param>
/// <param name="IsKnown">Whether the line says the name; false when it is left out because it does not.</param>
internal readonly record struct Exclusions(string? Term, bool IsKnown)
{
    private static readonly string[] Terms = ["sku", "category", "brand"];

    internal bool IsIn => Term is null;

    internal static Exclusions Of(CommissionableAmount terms, OrderLine line)
    {
        foreach (string term in Terms)
        {
            (ValueList<string> names, string? name) = term switch
            {
                "sku" => (terms.ExcludedSkus, line.Sku),
                "category" => (terms.ExcludedCategories, line.Category),
                _ => (terms.ExcludedBrands, line.Brand),
            };
            if (names.Count > 0 && (name is null || names.AsSpan().Contains(name)))
            {
                return new(term, name is not null);
            }
        }

        return default;
    }

    // One note for each kind of name, with how many lines it leaves out.
    internal static IEnumerable<Reason> NotesOn(CommissionableAmount terms, Outcome outcome) =>
        from line in outcome.Lines
        let found = Of(terms, line)
        where !found.IsIn
        group line by found into left
        orderby left.Key.Term, left.Key.IsKnown
        select Reason.Of(
            left.Key.IsKnown ? CommissionableReasons.Excluded : CommissionableReasons.NameUnknown,
            ("term", left.Key.Term!),
            ("lines", left.Count()));
}
