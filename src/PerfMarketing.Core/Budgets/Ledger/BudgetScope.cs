using PerfMarketing.Primitives;

namespace PerfMarketing.Budgets.Ledger;

/// <summary>What a budget line limits, by name.</summary>
/// <param name="Kind">The kind of scope.</param>
/// <param name="Id">The scope's id, such as the campaign's; 1 to 64 printable ASCII characters.</param>
public readonly record struct BudgetScope(BudgetScopeKind Kind, string Id) : ITerms
{
    /// <summary>Reads a scope.</summary>
    /// <param name="terms">The terms.</param>
    public static BudgetScope Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        return new(terms.Enum<BudgetScopeKind>("kind"), terms.Text("id"));
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Enum("kind", Kind);
        terms.Value("id", Id);
    }

    /// <summary>Kind and id, such as <c>campaign acme-2026</c>.</summary>
    public override string ToString() => $"{EnumText.Of(Kind)} {Id}";
}
